//! Certificates: the way to the diploma, the certificate, its issue and audit, its verification.

pub(crate) mod certificate;
pub(crate) mod certificates;
pub(crate) mod graduation;
mod number;
pub(crate) mod progress;
mod state;
pub(crate) mod verify;
