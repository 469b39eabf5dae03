//! Papers: chosen items with points, sealed before the test.

mod api;

pub use api::*;
