//! `/classes/{id}/quizzes`, `/quizzes` and `/me/quizzes`.

use super::{attempt, own, picks, sheet, write};
use crate::{
    access::{Actor, Permit},
    learning::{classes, entity::quiz, following, store, study},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{Body, IdempotencyKey, Routes},
        texts::Language,
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use shared::{
    ids::{ClassId, QuizId},
    learning::{MyQuiz, MyQuizSheet, NewQuizAttempt, QuizCourse, QuizEntry, QuizSheet, QuizView},
    problem::Problem,
};

/// Adds the routes of quizzes.
pub(in crate::learning) fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_quiz_exercises).service(list_quizzes).service(create_quiz);
    cfg.service(get_quiz).service(withdraw_quiz);
    cfg.service(list_my_quizzes).service(get_my_quiz).service(hand_in_quiz);
}

/// The quiz with this id.
pub(super) async fn found(cx: &Services, id: QuizId) -> AppResult<quiz::Model> {
    store::find_quiz(cx.db.read(), id).await?.ok_or_else(AppError::not_found)
}

/// The exercises that a quiz of the class can take: those of its courses that rules score.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<QuizCourse>), (status = 404, body = Problem)))]
#[get("/classes/{id}/quiz_exercises")]
async fn list_quiz_exercises(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<QuizCourse>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(picks::exercises(&cx, *permit.target()).await?))
}

/// The quizzes of a class, the newest first, with how many have done each.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), responses(
    (status = 200, body = Vec<QuizView>), (status = 404, body = Problem)))]
#[get("/classes/{id}/quizzes")]
async fn list_quizzes(actor: Actor, cx: Data<Services>, id: Path<ClassId>) -> AppResult<Json<Vec<QuizView>>> {
    let permit = following::permit_follow(&cx, &actor, *id).await?;
    Ok(Json(sheet::list(&cx, *permit.target()).await?))
}

/// Sets a class a quiz.
#[utoipa::path(tag = "learning", params(("id" = ClassId, Path)), request_body = QuizEntry, responses(
    (status = 201, body = QuizView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/classes/{id}/quizzes")]
async fn create_quiz(
    actor: Actor,
    cx: Data<Services>,
    id: Path<ClassId>,
    key: IdempotencyKey,
    body: Body<QuizEntry>,
) -> AppResult<HttpResponse> {
    let permit: Permit<write::SetQuiz> = classes::permit_class(&cx, &actor, *id).await?;
    let quiz = write::set(&cx, &permit, &key, &body.0).await?;
    Ok(HttpResponse::Created().json(sheet::view(&cx, quiz).await?))
}

/// A quiz, with what each learner of the class reached and how each exercise went.
#[utoipa::path(tag = "learning", params(("id" = QuizId, Path)), responses(
    (status = 200, body = QuizSheet), (status = 404, body = Problem)))]
#[get("/quizzes/{id}")]
async fn get_quiz(
    actor: Actor,
    cx: Data<Services>,
    id: Path<QuizId>,
    language: Language,
) -> AppResult<Json<QuizSheet>> {
    let row = found(&cx, *id).await?;
    let permit = following::permit_follow(&cx, &actor, row.class_id).await?;
    Ok(Json(sheet::sheet(&cx, &permit, row, language).await?))
}

/// Withdraws a quiz: the learners of the class do not see it any more.
#[utoipa::path(tag = "learning", params(("id" = QuizId, Path)), responses(
    (status = 200, body = QuizView), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem)))]
#[post("/quizzes/{id}/withdraw")]
async fn withdraw_quiz(actor: Actor, cx: Data<Services>, id: Path<QuizId>) -> AppResult<Json<QuizView>> {
    write::withdraw(&cx, &write::permit(&cx, &actor, *id).await?).await?;
    Ok(Json(sheet::view(&cx, *id).await?))
}

/// The quizzes of the learner's classes, the newest first.
#[utoipa::path(tag = "learning", responses((status = 200, body = Vec<MyQuiz>), (status = 403, body = Problem)))]
#[get("/me/quizzes")]
async fn list_my_quizzes(actor: Actor, cx: Data<Services>) -> AppResult<Json<Vec<MyQuiz>>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(own::list(&cx, *permit.target()).await?))
}

/// A quiz with what is asked, and what the learner did. Keys are in it by the quiz's rule of feedback alone.
#[utoipa::path(tag = "learning", params(("id" = QuizId, Path)), responses(
    (status = 200, body = MyQuizSheet), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/me/quizzes/{id}")]
async fn get_my_quiz(
    actor: Actor,
    cx: Data<Services>,
    id: Path<QuizId>,
    language: Language,
) -> AppResult<Json<MyQuizSheet>> {
    let permit = study::permit_study(&actor)?;
    Ok(Json(own::sheet(&cx, *permit.target(), *id, language).await?))
}

/// Hands in an attempt at a quiz; it is scored at once.
#[utoipa::path(tag = "learning", params(("id" = QuizId, Path)), request_body = NewQuizAttempt, responses(
    (status = 201, body = MyQuizSheet), (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/me/quizzes/{id}/attempts")]
async fn hand_in_quiz(
    actor: Actor,
    cx: Data<Services>,
    id: Path<QuizId>,
    key: IdempotencyKey,
    language: Language,
    body: Body<NewQuizAttempt>,
) -> AppResult<HttpResponse> {
    let permit = study::permit_study(&actor)?;
    attempt::hand_in(&cx, &permit, &key, *id, &body.0).await?;
    Ok(HttpResponse::Created().json(own::sheet(&cx, *permit.target(), *id, language).await?))
}
