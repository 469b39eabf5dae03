//! Papers: chosen items with points, sealed before the test; and forms that a blueprint is met by.

mod api;
mod assembly;
mod blueprint;
mod blueprint_api;
mod contradictions;
mod differences;
mod draw_record;
mod key_ceremony;
mod mix;
mod opening;
mod section;
mod sheet;
mod spoken_code;
mod spoken_key;
mod state;
mod tools;
mod validate;

pub use api::*;
pub use assembly::*;
pub use blueprint::*;
pub use blueprint_api::*;
pub use contradictions::*;
pub use differences::*;
pub use draw_record::*;
pub use key_ceremony::*;
pub use mix::*;
pub use opening::*;
pub use section::*;
pub use sheet::*;
pub use spoken_code::*;
pub use spoken_key::*;
pub use state::*;
pub use tools::*;
pub use validate::*;
