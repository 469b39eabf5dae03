//! What the learners of the demo have studied.

use super::{Stage, people::classmates};
use crate::{
    access::Actor,
    learning,
    platform::{error::AppResult, texts::Language},
};
use shared::{
    item_bank::{Item, ItemBody, Judgement, NumericUnit, PartAnswers, Response, rubric_of},
    learning::{ExerciseAnswer, Heartbeat, Unit},
};

/// Seconds between two heartbeats; the longest that still counts as one stretch.
const BEAT_S: i64 = 40;

/// Courses that have a test, in the order of an evening.
const TESTED: [&str; 3] = ["GDF01", "GSX01", "GYW01"];
/// Each of them has an hour of the evening.
const HOUR_S: i64 = 3_600;
/// When the first of them begins, in days before today; the others follow a day apart.
const FIRST: i64 = 80;
/// Nobody looks at the classmates' study for long: they read so many times faster than a unit is meant to take,
/// and the demo is created sooner.
const CLASSMATES_PACE: i64 = 3;

/// For how many heartbeats a unit was read that was left, and how far it was seen.
const LEFT_BEATS: i64 = 5;
/// In per cent.
const LEFT_PCT: i64 = 30;

/// How somebody studies.
struct Habits {
    /// The first evening, in days before today.
    begin: i64,
    /// How many times faster than meant.
    pace: i64,
    /// The course whose last unit they begin and leave.
    leaves: Option<&'static str>,
}

impl Stage<'_> {
    /// Everybody has studied the courses that are tested; 张秀英 lacks the last unit of one.
    pub(super) async fn study(&self) -> AppResult<()> {
        self.study_courses("shenguoqiang", &Habits { begin: FIRST, pace: 1, leaves: None }).await?;
        for (nth, name) in (1..).zip(&classmates()?) {
            let habits = Habits { begin: FIRST - nth, pace: CLASSMATES_PACE, leaves: None };
            self.study_courses(name, &habits).await?;
        }
        self.study_courses("zhangxiuying", &Habits { begin: FIRST - 6, pace: 1, leaves: Some("GYW01") }).await
    }

    /// Somebody studies the courses side by side, a unit of each an evening.
    async fn study_courses(&self, name: &str, habits: &Habits) -> AppResult<()> {
        let learner = self.cast.actor(name)?;
        let mut hours = Vec::new();
        for (hour, code) in (0..).zip(TESTED) {
            let content = &self.world.course(code)?.content;
            let units: Vec<_> = content.modules.iter().flat_map(|module| &module.units).collect();
            let end = units.last().map(|unit| unit.id).filter(|_| habits.leaves == Some(code));
            hours.extend((0..).zip(units).map(|(evening, unit)| (evening, hour, unit, end == Some(unit.id))));
        }
        hours.sort_by_key(|&(evening, hour, ..)| (evening, hour));
        for (evening, hour, unit, is_left) in hours {
            self.days_ago(habits.begin - evening);
            self.clock.advance_s(hour * HOUR_S);
            if is_left {
                self.read_unit(learner, unit, (LEFT_BEATS, LEFT_PCT)).await?;
            } else {
                self.study_unit(learner, unit, habits.pace).await?;
            }
        }
        Ok(())
    }

    /// Somebody reads a unit for so many heartbeats, to so many per cent.
    async fn read_unit(&self, learner: &Actor, unit: &Unit, (beats, until_pct): (i64, i64)) -> AppResult<()> {
        let permit = learning::permit_study(learner)?;
        let stream = self.cx.ids.uuid();
        for beat in 0..=beats {
            let read_pct = u8::try_from(beat * until_pct / beats.max(1)).unwrap_or(100);
            learning::beat(self.cx, &permit, unit.id, &Heartbeat { stream, read_pct, version: None }).await?;
            self.clock.advance_s(BEAT_S);
        }
        Ok(())
    }

    async fn study_unit(&self, learner: &Actor, unit: &Unit, pace: i64) -> AppResult<()> {
        let permit = learning::permit_study(learner)?;
        self.read_unit(learner, unit, (i64::from(unit.minutes) * 60 / BEAT_S / pace, 100)).await?;
        for (index, exercise) in unit.exercises.iter().enumerate() {
            let answer = ExerciseAnswer { id: None, response: right_response(exercise), version: None };
            learning::answer_exercise(self.cx, &permit, unit.id, index, &answer, Language::Chinese).await?;
            self.clock.advance_s(BEAT_S);
        }
        Ok(())
    }
}

/// What somebody answers who knows.
pub(super) fn right_response(item: &Item) -> Response {
    match &item.body {
        ItemBody::SingleChoice { key, .. } => Response::Single(*key),
        ItemBody::MultipleChoice { key, .. } | ItemBody::HotText { key, .. } => Response::Multiple(key.clone()),
        ItemBody::TrueFalse { key } => Response::TrueFalse(*key),
        ItemBody::Correction { key, accepted } => {
            let correction = accepted.first().cloned().unwrap_or_default();
            Response::Judged(Judgement { is_right: *key, correction })
        }
        ItemBody::FillIn { blanks, .. } => {
            Response::Blanks(blanks.iter().filter_map(|accepted| accepted.first().cloned()).collect())
        }
        body @ (ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. }) => {
            Response::Text(in_words(item, &rubric_of(body)).to_owned())
        }
        ItemBody::Numeric { key, units, .. } => Response::Text(with_unit(key, units)),
        ItemBody::Composite { children } => {
            let parts = children.iter().map(|child| right_response(&child.as_item())).collect();
            Response::Parts(PartAnswers { parts })
        }
        ItemBody::Calculation { steps } => {
            Response::Blanks(steps.iter().map(|step| with_unit(&step.key, &step.units)).collect())
        }
        ItemBody::Ordering { key, .. } => Response::Ordered(key.clone()),
        ItemBody::Matching { key, .. } | ItemBody::InlineChoice { key, .. } | ItemBody::Matrix { key, .. } => {
            Response::Choices(key.iter().copied().map(Some).collect())
        }
    }
}

/// A number in the unit of its key.
fn with_unit(key: &str, units: &[NumericUnit]) -> String {
    let unit = units.iter().find(|unit| unit.factor == "1").map_or("", |unit| unit.name.as_str());
    format!("{key}{unit}")
}

/// A short answer: what the explanation answers, or else what is asked for.
fn in_words<'a>(item: &'a Item, rubric: &'a str) -> &'a str {
    if item.explanation.is_empty() { rubric } else { &item.explanation }
}

/// What somebody answers who does not.
pub(super) fn wrong_response(item: &Item) -> Response {
    match &item.body {
        ItemBody::SingleChoice { key, options } => {
            Response::Single((key + 1) % u16::try_from(options.len().max(1)).unwrap_or(1))
        }
        ItemBody::MultipleChoice { .. } => Response::Multiple(vec![0]),
        ItemBody::HotText { key, .. } => Response::Multiple((0..=1).filter(|place| !key.contains(place)).collect()),
        ItemBody::TrueFalse { key } => Response::TrueFalse(!key),
        ItemBody::Correction { key, .. } => Response::Judged(Judgement { is_right: !key, correction: String::new() }),
        ItemBody::FillIn { blanks, .. } => Response::Blanks(vec!["-".to_owned(); blanks.len()]),
        ItemBody::Numeric { .. } => Response::Text("-".to_owned()),
        ItemBody::Composite { children } => {
            let parts = children.iter().map(|child| wrong_response(&child.as_item())).collect();
            Response::Parts(PartAnswers { parts })
        }
        ItemBody::Calculation { steps } => Response::Blanks(vec!["-".to_owned(); steps.len()]),
        ItemBody::Ordering { key, .. } => Response::Ordered(key.iter().rev().copied().collect()),
        ItemBody::InlineChoice { menus, key } => Response::Choices(
            menus.iter().zip(key).map(|(menu, &right)| (0..).take(menu.len()).find(|&index| index != right)).collect(),
        ),
        ItemBody::Matching { key, .. } | ItemBody::Matrix { key, .. } => {
            Response::Choices(vec![key.first().copied(); key.len()])
        }
        // Who does not know begins, and gives up.
        body @ (ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. }) => {
            let rubric = rubric_of(body);
            Response::Text(in_words(item, &rubric).split_inclusive(['，', '。']).next().unwrap_or_default().to_owned())
        }
    }
}
