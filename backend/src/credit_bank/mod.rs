//! Feature `credit_bank`.
