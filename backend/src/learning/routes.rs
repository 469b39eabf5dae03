//! `/courses`, `/public/courses`, `/markdown_previews`, `/exercise_previews`, `/me/courses`, `/me/units`,
//! `/me/mistakes` and `/me/notes`.

use super::{
    announcements, anomalies, assignments, attendance_rules,
    authoring::{self, AuthorCourse},
    catalogue::{self, CourseQuery},
    class_study, classes, course_rules, discussions, docx, exercises, external, inquiries, mistakes, notes, offline,
    open_catalogue, quizzes, reminders, reviews, statement_readers, statements, study, versions,
};
use crate::{
    access::{Actor, MaybeActor, Permit, authorize},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, IfMatch, Query, Routes, with_etag},
        markdown,
        texts::Language,
    },
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path},
};
use shared::{
    ids::{CourseId, UnitId},
    item_bank::{Item, validate_item},
    learning::{
        CopyCourse, CourseContent, CourseDraft, CourseMistakes, CourseNotes, CourseView, ExerciseAnswer,
        ExerciseFeedback, ExercisePreview, Heartbeat, MAX_LESSON_CHARS, MarkdownSource, MyCourse, MyCourseMap,
        NewCourse, NoteText, RenderedMarkdown, StudyReceipt, UnitNote, UnitView,
    },
    page::Page,
    problem::{Problem, ProblemCode},
    rights::Right,
};

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    open_catalogue::routes(cfg);
    cfg.service(list_courses).service(create_course).service(get_draft).service(save_draft);
    cfg.service(preview_markdown).service(preview_exercise).service(copy_course);
    cfg.service(list_my_courses).service(get_my_course).service(get_my_unit);
    cfg.service(beat).service(answer_exercise).service(list_my_mistakes);
    cfg.service(get_unit_note).service(replace_unit_note).service(list_my_notes);
    anomalies::routes::routes(cfg);
    classes::routes::routes(cfg);
    class_study::routes::routes(cfg);
    announcements::routes::routes(cfg);
    assignments::routes::routes(cfg);
    attendance_rules::routes::routes(cfg);
    course_rules::routes::routes(cfg);
    discussions::routes::routes(cfg);
    docx::routes::routes(cfg);
    external::routes::routes(cfg);
    inquiries::routes::routes(cfg);
    quizzes::routes::routes(cfg);
    reminders::routes::routes(cfg);
    reviews::routes::routes(cfg);
    statement_readers::routes::routes(cfg);
    statements::routes::routes(cfg);
    versions::routes::routes(cfg);
    offline::routes::routes(cfg);
}

fn permit_author(actor: &Actor, id: CourseId) -> AppResult<Permit<AuthorCourse>> {
    authorize(actor, id, &organisation::catalogue())
}

/// The courses of the catalogue, by code. Those that are not published yet are shown to authors.
#[utoipa::path(tag = "learning", params(CourseQuery), responses(
    (status = 200, body = Page<CourseView>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[get("/courses")]
async fn list_courses(
    actor: MaybeActor,
    cx: Data<Services>,
    query: Query<CourseQuery>,
) -> AppResult<Json<Page<CourseView>>> {
    let is_author = actor.0.is_some_and(|actor| actor.has_any(&[Right::AuthorCourse], &organisation::catalogue()));
    Ok(Json(catalogue::list(&cx, query.into_inner(), is_author).await?))
}

/// Creates a course with an empty draft.
#[utoipa::path(tag = "learning", request_body = NewCourse, responses(
    (status = 201, body = CourseView), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/courses")]
async fn create_course(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    body: Body<NewCourse>,
) -> AppResult<HttpResponse> {
    let permit = permit_author(&actor, cx.ids.new_id())?;
    let id = authoring::create(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(super::course(&cx, id).await?))
}

/// Creates a course with the draft of another under a new code and title.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), request_body = CopyCourse, responses(
    (status = 201, body = CourseView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/courses/{id}/copies")]
async fn copy_course(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    key: IdempotencyKey,
    body: Body<CopyCourse>,
) -> AppResult<HttpResponse> {
    let permit = permit_author(&actor, *id)?;
    let id = authoring::copy(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(super::course(&cx, id).await?))
}

/// The draft of a course.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = CourseDraft), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/courses/{id}/draft")]
async fn get_draft(actor: Actor, cx: Data<Services>, id: Path<CourseId>) -> AppResult<HttpResponse> {
    let permit = permit_author(&actor, *id)?;
    let draft = authoring::draft(&cx, &permit).await?;
    Ok(with_etag(&draft, draft.version))
}

/// Saves the draft over the version in `If-Match`.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), request_body = CourseContent, responses(
    (status = 200, body = CourseDraft), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/courses/{id}/draft")]
async fn save_draft(
    actor: Actor,
    cx: Data<Services>,
    id: Path<CourseId>,
    seen: IfMatch,
    body: Body<CourseContent>,
) -> AppResult<HttpResponse> {
    let permit = permit_author(&actor, *id)?;
    authoring::save(&cx, &permit, seen.0, &body.0).await?;
    let draft = authoring::draft(&cx, &permit).await?;
    Ok(with_etag(&draft, draft.version))
}

/// Renders Markdown as learners will see it. Stores nothing.
#[utoipa::path(tag = "learning", request_body = MarkdownSource, responses(
    (status = 200, body = RenderedMarkdown), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/markdown_previews")]
async fn preview_markdown(actor: Actor, body: Body<MarkdownSource>) -> AppResult<Json<RenderedMarkdown>> {
    let render = drawn_for(&actor)?;
    if body.0.markdown.chars().count() > MAX_LESSON_CHARS {
        return Err(AppError::field("/markdown", "too-long"));
    }
    Ok(Json(RenderedMarkdown { html: render(&body.0.markdown) }))
}

/// Renders an exercise as learners will see it. Stores nothing.
#[utoipa::path(tag = "learning", request_body = Item, responses(
    (status = 200, body = ExercisePreview), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/exercise_previews")]
async fn preview_exercise(actor: Actor, body: Body<Item>) -> AppResult<Json<ExercisePreview>> {
    let (render, exercise) = (drawn_for(&actor)?, body.0);
    authoring::none_of(validate_item(&exercise))?;
    let view = exercise.for_learner(render, markdown::render);
    Ok(Json(ExercisePreview { view, explanation_html: render(&exercise.explanation) }))
}

/// How the texts of whoever writes lessons or items are drawn: those of lessons with players.
fn drawn_for(actor: &Actor) -> AppResult<fn(&str) -> String> {
    let catalogue = organisation::catalogue();
    let writes_items = actor.has_any(&[Right::AuthorItem], &organisation::catalogue_for(actor, Right::AuthorItem));
    if !writes_items && !actor.has_any(&[Right::AuthorCourse], &catalogue) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let writes_lessons = actor.has_any(&[Right::AuthorCourse], &catalogue);
    Ok(if writes_lessons { markdown::render_lesson } else { markdown::render })
}

/// The courses that the learner studies.
#[utoipa::path(tag = "learning", responses((status = 200, body = Vec<MyCourse>), (status = 403, body = Problem)))]
#[get("/me/courses")]
async fn list_my_courses(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyCourse>>> {
    Ok(Json(study::my_courses(&cx, &study::permit_study(&actor)?).await?))
}

/// The map of a course that the learner studies.
#[utoipa::path(tag = "learning", params(("id" = CourseId, Path)), responses(
    (status = 200, body = MyCourseMap), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/courses/{id}")]
async fn get_my_course(actor: Actor, cx: Data<Services>, id: Path<CourseId>) -> AppResult<Json<MyCourseMap>> {
    Ok(Json(study::map(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// A unit of a course that the learner studies.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), responses(
    (status = 200, body = UnitView), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/units/{id}")]
async fn get_my_unit(actor: Actor, cx: Data<Services>, id: Path<UnitId>) -> AppResult<Json<UnitView>> {
    Ok(Json(study::unit(&cx, &study::permit_study(&actor)?, *id).await?))
}

/// Says that the learner is reading.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), request_body = Heartbeat, responses(
    (status = 200, body = StudyReceipt), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/me/units/{id}/heartbeats")]
async fn beat(
    actor: Actor,
    cx: Data<Services>,
    id: Path<UnitId>,
    body: Body<Heartbeat>,
) -> AppResult<Json<StudyReceipt>> {
    Ok(Json(study::beat(&cx, &study::permit_study(&actor)?, *id, &body.0).await?))
}

/// Answers an exercise; gives feedback at once.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path), ("index" = u16, Path)), request_body = ExerciseAnswer,
    responses((status = 200, body = ExerciseFeedback), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
#[post("/me/units/{id}/exercises/{index}/answers")]
async fn answer_exercise(
    actor: Actor,
    cx: Data<Services>,
    path: Path<(UnitId, u16)>,
    language: Language,
    body: Body<ExerciseAnswer>,
) -> AppResult<Json<ExerciseFeedback>> {
    let (unit_id, index) = path.into_inner();
    let permit = study::permit_study(&actor)?;
    Ok(Json(exercises::answer(&cx, &permit, unit_id, usize::from(index), &body.0, language).await?))
}

/// 错题本: what the learner answered wrong and has not put right since, course by course.
#[utoipa::path(tag = "learning", responses((status = 200, body = Vec<CourseMistakes>), (status = 403, body = Problem)))]
#[get("/me/mistakes")]
async fn list_my_mistakes(
    actor: Actor,
    cx: Data<Services>,
    language: Language,
) -> AppResult<Json<Vec<CourseMistakes>>> {
    Ok(Json(mistakes::list(&cx, &study::permit_study(&actor)?, language).await?))
}

/// The learner's own note beside a unit; empty if there is none.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), responses(
    (status = 200, body = UnitNote), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/units/{id}/note")]
async fn get_unit_note(actor: Actor, cx: Data<Services>, id: Path<UnitId>) -> AppResult<HttpResponse> {
    let note = notes::of_unit(&cx, &study::permit_study(&actor)?, *id).await?;
    Ok(with_etag(&note, note.version))
}

/// Saves the learner's own note beside a unit over the version in `If-Match`.
#[utoipa::path(tag = "learning", params(("id" = UnitId, Path)), request_body = NoteText, responses(
    (status = 200, body = UnitNote), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/me/units/{id}/note")]
async fn replace_unit_note(
    actor: Actor,
    cx: Data<Services>,
    id: Path<UnitId>,
    seen: IfMatch,
    body: Body<NoteText>,
) -> AppResult<HttpResponse> {
    let note = notes::save(&cx, &study::permit_study(&actor)?, *id, seen.0, &body.0).await?;
    Ok(with_etag(&note, note.version))
}

/// The learner's own notes, course by course.
#[utoipa::path(tag = "learning", responses((status = 200, body = Vec<CourseNotes>), (status = 403, body = Problem)))]
#[get("/me/notes")]
async fn list_my_notes(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<CourseNotes>>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(super::notes_of(&cx, *permit.target()).await?))
}
