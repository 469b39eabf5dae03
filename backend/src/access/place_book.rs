//! Which places there are.

use crate::platform::{db::Tx, error::AppResult};
use futures::future::LocalBoxFuture;
use shared::{identity::NamedPlace, rights::Place};
use std::collections::HashMap;

/// Knows the places at which roles are held; `organisation` does, and `app` wires it.
pub trait PlaceBook {
    /// The place that is named, with what it lies in, if there is one.
    fn find<'a>(&'a self, named: &'a NamedPlace) -> LocalBoxFuture<'a, AppResult<Option<Place>>>;

    /// Whether roles can be held at a place by now, within a write until whose end nobody closes it.
    fn hold<'a>(&'a self, tx: &'a Tx, place: &'a Place) -> LocalBoxFuture<'a, AppResult<bool>>;

    /// Places in words.
    fn names<'a>(&'a self, places: &'a [Place]) -> LocalBoxFuture<'a, AppResult<HashMap<Place, String>>>;
}
