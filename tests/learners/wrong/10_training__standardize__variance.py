def standardize(X_train, X_test):
    mu, sd = X_train.mean(axis=0), X_train.var(axis=0)
    sd[sd == 0] = 1
    return (X_train - mu) / sd, (X_test - mu) / sd
