//! Lists that are taken away as files for spreadsheet programs.

mod cell;
mod limit;

pub use cell::*;
pub use limit::*;
