-- The tables of part 2: those of part 1 that go on, and posts.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80),
    email VARCHAR(120) UNIQUE CHECK (length(email) <= 120),
    verified BOOLEAN NOT NULL DEFAULT false CHECK (verified IN (0, 1))
);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 140)
);

CREATE TABLE pets (
    id INTEGER PRIMARY KEY,
    name TEXT,
    species TEXT
);
