-- The library of page 1.10, where the step from a diagram to tables is shown.

CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    shelf_code TEXT NOT NULL UNIQUE CHECK (length(shelf_code) BETWEEN 4 AND 8),
    title TEXT NOT NULL CHECK (length(title) <= 200),
    pages INTEGER CHECK (pages >= 1)
);

CREATE TABLE readers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) <= 60),
    phone TEXT CHECK (length(phone) <= 20),
    max_loans INTEGER NOT NULL DEFAULT 5 CHECK (max_loans BETWEEN 1 AND 30)
);
