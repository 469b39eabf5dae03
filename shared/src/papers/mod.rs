//! Papers: chosen items with points, sealed before the test.

mod api;
mod validate;

pub use api::*;
pub use validate::validate_new_paper;
