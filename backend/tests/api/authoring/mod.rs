//! Writing courses together: reviews, versions, copies, and what becomes of learners.

mod copies;
mod going_over;
mod previews;
mod reviews;
mod stops;
mod versions;
mod weights;
