//! Papers: chosen items with points, and the sealed package that candidates' devices fetch; blueprints, and the forms
//! that are drawn by them.

mod assemblies;
mod bank;
mod blueprint_routes;
mod blueprints;
mod discarding;
mod entity;
mod prints;
mod proposing;
mod rehearsal;
mod routes;
mod sealing;
mod seen;
mod service;
mod store;
mod work;

pub use bank::note_use;
pub use blueprints::{WriteBlueprint, create as write_blueprint};
pub use prints::{PrintPaper, PrintablePaper, note_print, printable};
pub use proposing::{ProposeSeal, propose};
pub use routes::routes;
pub use sealing::{SEALED, SealPaper, SealedItem, content_key, package_sha256, seal, sealed_items, shape_of};
pub use service::{ComposePaper, compose, paper};
pub use work::work;
