//! Items: what is asked, how a response looks, and how it is scored.

mod api;
mod blanks;
mod chinese_text;
mod model;
mod normalise;
mod scorer;
mod validate;

pub use api::*;
pub use model::*;
pub use normalise::normalise_answer;
pub use scorer::*;
pub use validate::*;
