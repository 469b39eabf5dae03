//! Feature `delivery`.
