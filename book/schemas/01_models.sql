-- The tables of part 1: none of them knows another yet.

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

CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    chip VARCHAR(15) NOT NULL,
    grams INTEGER NOT NULL,
    notes TEXT,
    paid BOOLEAN NOT NULL CHECK (paid IN (0, 1)),
    seen_at DATETIME NOT NULL
);
