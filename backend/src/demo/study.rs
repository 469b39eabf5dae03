//! What the learners of the demo have studied.

use super::{Stage, people::classmates};
use crate::{
    access::Actor,
    learning,
    platform::{error::AppResult, texts::Language},
};
use shared::{
    item_bank::{Item, ItemBody, Response},
    learning::{ExerciseAnswer, Heartbeat, Unit},
};

/// Seconds between two heartbeats; the longest that still counts as one stretch.
const BEAT_S: i64 = 40;

/// Courses that have a test.
const TESTED: [&str; 3] = ["GDF01", "GSX01", "GYW01"];

impl Stage<'_> {
    /// Everybody has studied the courses that are tested; 张秀英 lacks the last unit of one.
    pub(super) async fn study(&self) -> AppResult<()> {
        let mut learners = vec!["shenguoqiang".to_owned()];
        learners.extend(classmates()?);
        for (at, name) in learners.iter().enumerate() {
            for code in TESTED {
                self.study_course(name, code, at, usize::MAX).await?;
            }
        }
        self.study_course("zhangxiuying", "GDF01", 6, usize::MAX).await?;
        self.study_course("zhangxiuying", "GSX01", 6, usize::MAX).await?;
        self.study_course("zhangxiuying", "GYW01", 6, 5).await
    }

    /// Somebody studies the first units of a course, one an evening.
    async fn study_course(&self, name: &str, code: &str, nth: usize, units: usize) -> AppResult<()> {
        let learner = self.cast.actor(name)?;
        let content = &self.world.course(code)?.content;
        let all = content.modules.iter().flat_map(|module| &module.units);
        let begin = 80 - i64::try_from(nth).unwrap_or_default();
        for (evening, unit) in (0..).zip(all.take(units)) {
            self.days_ago(begin - evening);
            self.clock.advance_s(
                i64::try_from(TESTED.iter().position(|tested| *tested == code).unwrap_or(0)).unwrap_or(0) * 3_600,
            );
            self.study_unit(learner, unit).await?;
        }
        Ok(())
    }

    async fn study_unit(&self, learner: &Actor, unit: &Unit) -> AppResult<()> {
        let permit = learning::permit_study(learner)?;
        let stream = self.cx.ids.uuid();
        let beats = i64::from(unit.minutes) * 60 / BEAT_S;
        for beat in 0..=beats {
            let read_pct = u8::try_from(beat * 100 / beats.max(1)).unwrap_or(100);
            learning::beat(self.cx, &permit, unit.id, &Heartbeat { stream, read_pct }).await?;
            self.clock.advance_s(BEAT_S);
        }
        for (index, exercise) in unit.exercises.iter().enumerate() {
            let answer = ExerciseAnswer { response: right_response(exercise) };
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
        ItemBody::MultipleChoice { key, .. } => Response::Multiple(key.clone()),
        ItemBody::TrueFalse { key } => Response::TrueFalse(*key),
        ItemBody::FillIn { blanks } => {
            Response::Blanks(blanks.iter().filter_map(|accepted| accepted.first().cloned()).collect())
        }
        ItemBody::ShortAnswer { rubric } => Response::Text(rubric.chars().take(60).collect()),
    }
}

/// What somebody answers who does not.
pub(super) fn wrong_response(item: &Item) -> Response {
    match &item.body {
        ItemBody::SingleChoice { key, options } => {
            Response::Single((key + 1) % u16::try_from(options.len().max(1)).unwrap_or(1))
        }
        ItemBody::MultipleChoice { .. } => Response::Multiple(vec![0]),
        ItemBody::TrueFalse { key } => Response::TrueFalse(!key),
        ItemBody::FillIn { blanks } => Response::Blanks(vec!["-".to_owned(); blanks.len()]),
        ItemBody::ShortAnswer { rubric } => Response::Text(rubric.chars().take(12).collect()),
    }
}
