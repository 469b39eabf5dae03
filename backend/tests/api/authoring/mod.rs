//! Writing courses together: reviews, versions, copies, and what becomes of learners.

mod reviews;
mod versions;
