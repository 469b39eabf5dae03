//! Course certificates: issued by the credit bank, audited by the city, verified by anybody.

mod audit;
mod document;
mod entity;
mod graduation;
mod held;
mod issue;
mod jobs;
mod offline;
mod person_facts;
mod print;
mod proof;
mod public;
mod record;
mod revocations;
mod routes;
mod status;
mod status_lists;
mod store;
mod study_proof;
mod views;
mod work;

pub use audit::{Audit, Revoke, Submit, audit, permit, submit};
pub use graduation::diplomas_of;
pub use held::{CertificatesHeld, hold_certificates};
pub use issue::{IssueForExamSession, Reissue, reissue};
pub use jobs::{IssueForEverybody, ask_to_issue};
pub use offline::{FileVerdict, issuer_key, own_key, verify_file};
pub use person_facts::person_facts;
pub use print::{PRINTS, Printer};
pub use public::qr_of;
pub use record::certificates_of;
pub use revocations::{KeepCertificates, ProposeAfterRecheck, ProposeRevocations};
pub use routes::{publish_key, routes};
pub use status_lists::StatusLists;
pub use work::work;
