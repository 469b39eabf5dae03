//! 花名册: reading survey lists, visits, and where a person on the list stands.

mod api;
mod call;
mod check;
mod check_api;
mod columns;
mod duplicates;
mod hand;
mod model;
mod part;
mod round;
mod row;
mod status;
mod step;
mod step_api;
mod sums;
mod visit;
mod vocabulary;

pub use api::*;
pub use call::*;
pub use check::*;
pub use check_api::*;
pub use columns::*;
pub use duplicates::*;
pub use hand::*;
pub use model::*;
pub use part::*;
pub use round::*;
pub use row::*;
pub use status::*;
pub use step::*;
pub use step_api::*;
pub use sums::*;
pub use visit::*;
