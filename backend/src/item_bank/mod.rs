//! Feature `item_bank`.
