//! Which places there are.

use crate::platform::error::AppResult;
use futures::future::LocalBoxFuture;
use shared::{identity::NamedPlace, rights::Place};
use std::collections::HashMap;

/// Knows the places at which roles are held; `organisation` does, and `app` wires it.
pub trait PlaceBook {
    /// The place that is named, with what it lies in, if there is one.
    fn find<'a>(&'a self, named: &'a NamedPlace) -> LocalBoxFuture<'a, AppResult<Option<Place>>>;

    /// Places in words.
    fn names<'a>(&'a self, places: &'a [Place]) -> LocalBoxFuture<'a, AppResult<HashMap<Place, String>>>;
}
