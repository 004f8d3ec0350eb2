def gradient_descent(grad, theta0, eta, n_steps):
    theta = np.array(theta0, float)
    path = [theta]
    for _ in range(n_steps):
        theta -= eta * grad(theta)
        path.append(theta)
    return np.array(path)
