//! Two records of one human become one: somebody proposes it, two others approve it, and every fact of
//! the merged record is the survivor's from then on. For thirty days it can be undone (ADR 14).

mod across;
mod book;
mod cases;
mod deed;
mod duplicates;
mod export;
mod namesakes;
mod own;
mod preview;
mod routes;
mod steps;
mod views;

pub use book::{
    FactBook, FactColumn, FactKeeper, Findings, Holder, Learning, MergePair, Parting, PersonMove, PlainFacts,
    RightEducation,
};
pub(super) use routes::routes;
