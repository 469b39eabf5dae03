//! The design system: parts without a word of any feature.

mod async_view;
mod field;
mod heading;
mod notice;

pub(crate) use async_view::AsyncView;
pub(crate) use field::Field;
pub(crate) use heading::PageHeading;
pub(crate) use notice::FailureNotice;
