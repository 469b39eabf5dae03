//! A province of learners around those who ask. Their rows are written as the store keeps them: nobody could study as
//! much in the time that a benchmark has.

use super::scene::{EXERCISES, Scene};
use crate::support::execute;
use shared::ids::ClassId;
use uuid::Uuid;

/// Learners.
const LEARNERS: u32 = 1_000_000;
/// Learners of a class.
const CLASS: u32 = 40;
/// Of so many classes one is asked for.
const APART: u32 = 1_000;
/// Units that each of the crowd has read and answered.
const STUDIED: usize = 4;
/// Stretches in which who is asked for has read each unit of the course.
const STRETCHES: u32 = 5;
/// Milliseconds of a day, and of a stretch of study.
const DAY_MS: i64 = 86_400_000;
const STRETCH_MS: i64 = 1_200_000;
/// When the crowd studied: before those who are asked for.
const LONG_AGO: i64 = 200;
/// The class with this number.
const CLASS_ID: &str = "('c' || lpad(to_hex(k), 31, '0'))::uuid";
/// The learner with this number. Ids ascend as those of the system do.
const LEARNER_ID: &str = "lpad(to_hex(n), 32, '0')::uuid";
/// The columns of a class beside its id.
const OF_CLASS: &str = "provider_id, name, form, created_at, division, state, partner, partner_contact, partner_phone, \
    season, agreement_id, tutor_id, capacity, teaching_point_id, rule_version, starts_on, ends_on, planned_by, \
    approved_by, approved_at, version";
const OF_INTERVAL: &str = "id, account_id, course_id, unit_id, stream, from_at, to_at, read_pct";
const OF_ANSWER: &str =
    "id, account_id, course_id, unit_id, exercise, response, is_right, answered_at, course_version_id";
/// An answer as it is stored.
const RESPONSE: &str = r#"'{"kind":"single","value":0}'"#;

/// The classes that are asked for.
pub(crate) fn observed() -> impl Iterator<Item = ClassId> {
    let id = |k: u32| ClassId(Uuid::from_u128((0xc << 124) | u128::from(k)));
    (0..LEARNERS / CLASS).step_by(APART as usize).map(id)
}

/// Fills the store of a scene, and lets it know what it holds.
pub(crate) async fn fill(scene: &Scene) {
    people(scene).await;
    let what = Studied::of(scene);
    for sql in [what.intervals(), what.answers(), what.more_intervals(), what.more_answers()] {
        execute(&scene.app, &sql).await;
    }
    for table in ["account", "class", "class_course", "class_member", "study_interval", "exercise_answer"] {
        execute(&scene.app, &format!("VACUUM ANALYZE {table}")).await;
    }
}

/// The learners and their classes, like the one that there is.
async fn people(scene: &Scene) {
    let (app, now, class, course) = (&scene.app, scene.app.began.0, scene.class_id, scene.course_id);
    let learners = format!("generate_series(1, {LEARNERS}) n");
    let classes = format!("generate_series(0, {}) k", LEARNERS / CLASS - 1);
    let joined = now - (LONG_AGO + i64::try_from(STUDIED).unwrap()) * DAY_MS;
    for sql in [
        format!(
            "INSERT INTO account (id, login_name, display_name, password_hash, created_at) \
             SELECT {LEARNER_ID}, 'crowd-' || n, 'Learner ' || n, '', {joined} FROM {learners}"
        ),
        format!(
            "INSERT INTO class (id, {OF_CLASS}) SELECT {CLASS_ID}, {OF_CLASS} FROM class CROSS JOIN {classes} \
             WHERE id = '{class}'"
        ),
        format!(
            "INSERT INTO class_course (class_id, course_id, course_version_id) \
             SELECT {CLASS_ID}, '{course}'::uuid, '{}'::uuid FROM {classes}",
            scene.version_id
        ),
        format!(
            "INSERT INTO class_member (class_id, account_id, joined_at) \
             SELECT {CLASS_ID}, {LEARNER_ID}, {joined} FROM (SELECT n, (n - 1) / {CLASS} AS k FROM {learners}) AS who"
        ),
    ] {
        execute(app, &sql).await;
    }
}

/// What was studied.
struct Studied {
    now: i64,
    course: Uuid,
    version: Uuid,
    /// The units of the crowd, numbered from 0.
    some: String,
    /// All units.
    all: String,
    /// Those who are asked for, and who ask.
    observed: String,
}

impl Studied {
    fn of(scene: &Scene) -> Self {
        let numbered = |units: usize| {
            let rows = scene.units.iter().take(units).enumerate();
            let rows = rows.map(|(nth, unit)| format!("('{unit}'::uuid, {nth}::bigint)"));
            format!("(VALUES {}) AS unit(id, nth)", rows.collect::<Vec<_>>().join(", "))
        };
        let mut classes: Vec<_> = observed().map(|class| format!("'{class}'")).collect();
        classes.push(format!("'{}'", scene.class_id));
        let who = format!("SELECT account_id FROM class_member WHERE class_id IN ({})", classes.join(", "));
        Self {
            now: scene.app.began.0,
            course: scene.course_id.0,
            version: scene.version_id.0,
            some: numbered(STUDIED),
            all: numbered(scene.units.len()),
            observed: format!("({who}) AS who"),
        }
    }

    /// Each of the crowd has read some units, one a day.
    fn intervals(&self) -> String {
        let Self { now, course, some, .. } = self;
        let from = format!("{now} - ({LONG_AGO} + unit.nth) * {DAY_MS}");
        format!(
            "INSERT INTO study_interval ({OF_INTERVAL}) \
             SELECT {}, {LEARNER_ID}, '{course}'::uuid, unit.id, {LEARNER_ID}, {from}, {from} + {STRETCH_MS}, 100 \
             FROM generate_series(1, {LEARNERS}) n CROSS JOIN {some}",
            fact_id("a")
        )
    }

    /// And answered an exercise of each.
    fn answers(&self) -> String {
        let Self { now, course, version, some, .. } = self;
        let at = format!("{now} - ({LONG_AGO} + unit.nth) * {DAY_MS} + {STRETCH_MS}");
        format!(
            "INSERT INTO exercise_answer ({OF_ANSWER}) \
             SELECT {}, {LEARNER_ID}, '{course}'::uuid, unit.id, 0, {RESPONSE}, true, {at}, '{version}'::uuid \
             FROM generate_series(1, {LEARNERS}) n CROSS JOIN {some}",
            fact_id("b")
        )
    }

    /// Those who are asked for have read every unit in several stretches since.
    fn more_intervals(&self) -> String {
        let Self { now, course, all, observed, .. } = self;
        let from = format!("{now} - (unit.nth * {STRETCHES} + stretch) * {DAY_MS}");
        format!(
            "INSERT INTO study_interval ({OF_INTERVAL}) \
             SELECT gen_random_uuid(), who.account_id, '{course}'::uuid, unit.id, gen_random_uuid(), {from}, \
             {from} + {STRETCH_MS}, 95 \
             FROM {observed} CROSS JOIN {all} CROSS JOIN generate_series(1, {STRETCHES}) stretch"
        )
    }

    /// And answered every exercise of it, wrongly first.
    fn more_answers(&self) -> String {
        let Self { now, course, version, all, observed, .. } = self;
        let at = format!("{now} - unit.nth * {DAY_MS} - (exercise * 2 + 2 - is_right::int) * 60000");
        format!(
            "INSERT INTO exercise_answer ({OF_ANSWER}) \
             SELECT gen_random_uuid(), who.account_id, '{course}'::uuid, unit.id, exercise, {RESPONSE}, \
             is_right, {at}, '{version}'::uuid \
             FROM {observed} CROSS JOIN {all} CROSS JOIN generate_series(0, {}) exercise \
             CROSS JOIN (VALUES (false), (true)) AS attempt(is_right)",
            EXERCISES - 1
        )
    }
}

/// The id of what the learner with this number did in a unit, among facts of one sort.
fn fact_id(sort: &str) -> String {
    format!("('{sort}' || lpad(to_hex(n * 16 + unit.nth), 31, '0'))::uuid")
}
