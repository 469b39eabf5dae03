//! A module as a phone keeps it, and what it weighs there.

use super::contact;
use crate::{
    access::Permit,
    learning::{
        catalogue,
        classes::studied,
        standing::Facts,
        study::{Lesson, StudyCourses},
    },
    media,
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
    },
};
use actix_web::web::block;
use sha2::{Digest, Sha256};
use shared::{
    ids::{CourseId, CourseVersionId},
    learning::{CourseContent, Module, ModulePackage},
};
use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Versions whose weights are kept in memory at most.
const KEPT: usize = 1_000;

/// What the modules of published versions weigh. They never change, so a kept weight is never wrong.
static WEIGHTS: LazyLock<Mutex<HashMap<CourseVersionId, Arc<Vec<u32>>>>> = LazyLock::new(Mutex::default);

/// A module of a course that the learner studies, with the tag of everything in it but the note of the contact.
///
/// # Errors
/// `not-found` if no class of the learner studies the course, or it has no such module.
pub(super) async fn package(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    course_id: CourseId,
    index: u16,
) -> AppResult<(ModulePackage, String)> {
    let account_id = *permit.target();
    let studied = studied(cx, account_id).await?;
    let studied = studied.iter().find(|studied| studied.course_id == course_id).ok_or_else(AppError::not_found)?;
    let content = studied.content(cx).await?;
    let module = content.modules.get(usize::from(index)).ok_or_else(AppError::not_found)?;
    let facts = Facts::of(cx, account_id, &[course_id]).await?;
    let course_title = catalogue::course(cx, course_id).await?.title;
    let pictures = media::data_urls(cx, &draw(module).pictures).await?;
    let picture = |sha256: &str| pictures.get(sha256).cloned();
    let render = |text: &str| markdown::with_pictures(&markdown::render_lesson(text), picture);
    let words = |text: &str| markdown::with_pictures(&markdown::render(text), picture);
    let version = studied.version;
    let view = |unit| {
        let lesson = Lesson { course_id, course_title: &course_title, version, content: &content, module, unit };
        lesson.view(&facts, render, words)
    };
    let mut package = ModulePackage {
        course_id,
        version,
        index,
        title: module.title.clone(),
        units: module.units.iter().map(view).collect(),
        contact: String::new(),
    };
    let tag = hex::encode(Sha256::digest(serde_json::to_vec(&package).map_err(AppError::internal)?));
    package.contact = contact::note(cx, account_id, cx.clock.now())?;
    Ok((package, tag))
}

/// What each module of a published version weighs on a phone, in bytes.
///
/// # Errors
/// If the store fails.
pub(in crate::learning) async fn weights(
    cx: &Services,
    version_id: CourseVersionId,
    content: &Arc<CourseContent>,
) -> AppResult<Arc<Vec<u32>>> {
    let kept = WEIGHTS.lock().unwrap_or_else(PoisonError::into_inner).get(&version_id).cloned();
    if let Some(weights) = kept {
        return Ok(weights);
    }
    let content = content.clone();
    let drawn = block(move || content.modules.iter().map(draw).collect::<Vec<_>>()).await;
    let mut weights = Vec::new();
    for Drawn { bytes, pictures } in drawn.map_err(AppError::internal)? {
        let urls = media::data_urls(cx, &pictures).await?;
        let of_pictures: usize = pictures.iter().filter_map(|sha256| urls.get(sha256)).map(String::len).sum();
        weights.push(u32::try_from(bytes + of_pictures).unwrap_or(u32::MAX));
    }
    let weights = Arc::new(weights);
    let mut kept = WEIGHTS.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(version_id, weights.clone());
    Ok(weights)
}

/// The texts of a module, drawn.
struct Drawn {
    /// What they weigh.
    bytes: usize,
    /// The pictures in them, as often as they are shown.
    pictures: Vec<String>,
}

fn draw(module: &Module) -> Drawn {
    let pictures = RefCell::new(Vec::new());
    let noted = |html: String| {
        pictures.borrow_mut().extend(markdown::pictures_in(&html).map(str::to_owned));
        html
    };
    let render = |text: &str| noted(markdown::render_lesson(text));
    let words = |text: &str| noted(markdown::render(text));
    let mut bytes = 0;
    for unit in &module.units {
        bytes += render(&unit.body).len();
        for exercise in &unit.exercises {
            let view = exercise.for_learner(render, words);
            bytes += serde_json::to_string(&view).map_or(0, |text| text.len());
        }
        for activity in &unit.activities {
            bytes += serde_json::to_string(&activity.view(render)).map_or(0, |text| text.len());
        }
    }
    Drawn { bytes, pictures: pictures.into_inner() }
}
