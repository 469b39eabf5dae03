//! Writing courses: the list, a new one, the editor, and what a reviewer sees.

mod about;
mod activities;
mod copy;
mod difference;
mod docx;
mod draft;
mod drag;
pub(crate) mod editor;
mod exercise;
mod exercises;
pub(crate) mod left;
pub(crate) mod list;
pub(crate) mod new;
mod order;
mod outline;
mod phone;
mod recording;
mod rendered;
pub(crate) mod review;
mod saving;
mod stops;
mod submission;
mod trial;
mod unit;
pub(crate) mod versions;
