def fit_standardizer(X):
    mu = np.median(X, axis=0)
    sd = X.std(axis=0)
    return mu, np.where(sd == 0, 1, sd)
