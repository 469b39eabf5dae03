//! Papers: chosen items with points, sealed before the test.

mod api;
mod state;
mod validate;

pub use api::*;
pub use state::*;
pub use validate::validate_new_paper;
