//! What a learner has of all courses, or of the one that the address names.

use crate::platform::{
    actor::Actor,
    client::{self, Outcome},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::de::DeserializeOwned;
use shared::ids::CourseId;

/// The list at `path`; with `?course=…` in the page's address what is of that course.
pub(super) fn own_list<T: DeserializeOwned + 'static>(
    path: &'static str,
    course_of: fn(&T) -> CourseId,
) -> LocalResource<Outcome<Vec<T>>> {
    let actor = expect_context::<Actor>();
    let asked = use_query_map();
    let only = Memo::new(move |_| asked.with(|query| query.get("course")?.parse::<CourseId>().ok()));
    LocalResource::new(move || {
        let only = only.get();
        async move {
            let mut list: Vec<T> = client::get(actor, path).await?;
            list.retain(|entry| only.is_none_or(|only| only == course_of(entry)));
            Ok(list)
        }
    })
}
