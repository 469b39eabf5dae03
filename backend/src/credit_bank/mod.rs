//! Course certificates: issued by the credit bank, audited by the city, verified by anybody.

mod audit;
mod document;
mod entity;
mod issue;
mod offline;
mod print;
mod proof;
mod public;
mod record;
mod routes;
mod status;
mod store;
mod views;

pub use audit::{Audit, Revoke, Submit, audit, permit, revoke, submit};
pub use issue::{IssueForExamSession, Reissue, issue, reissue};
pub use offline::{FileVerdict, issuer_key, own_key, verify_file};
pub use print::Printer;
pub use record::certificates_of;
pub use routes::{get_did_document, routes};
