//! Persons: identity numbers, names, phones.
