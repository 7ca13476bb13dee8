-- Tables of part 1 that come up more than once: none of them knows another yet.

CREATE TABLE subject_groups (
    id INTEGER PRIMARY KEY,
    name VARCHAR(60) NOT NULL UNIQUE CHECK (length(name) <= 60)
);

CREATE TABLE pets (
    id INTEGER PRIMARY KEY,
    name TEXT,
    species TEXT
);

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
    email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
    verified BOOLEAN NOT NULL DEFAULT false CHECK (verified IN (0, 1))
);
