//! What a lesson weighs on the way to a learner.

use super::{CourseContent, HEAVY_LESSON_BYTES, Unit};
use crate::{
    ids::UnitId,
    media::{
        pictures_of,
        recording::{RecordingName, recordings_of},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A lesson that is heavy on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeavyLesson {
    /// The unit.
    pub unit_id: UnitId,
    /// What it weighs with its exercises, pictures, video and sound, in bytes.
    pub bytes: u64,
    /// How much of that are video and sound, which nobody fetches before they play them.
    pub recording_bytes: u64,
}

/// The lessons of a content that are heavy; `picture_bytes` says what a picture weighs, by its hash.
#[must_use]
pub fn heavy_lessons(content: &CourseContent, picture_bytes: impl Fn(&str) -> u64) -> Vec<HeavyLesson> {
    let units = content.modules.iter().flat_map(|module| &module.units);
    let weighed = units.map(|unit| {
        let recording_bytes = recording_bytes(unit);
        let bytes = lesson_bytes(unit, &picture_bytes).saturating_add(recording_bytes);
        HeavyLesson { unit_id: unit.id, bytes, recording_bytes }
    });
    weighed.filter(|lesson| lesson.bytes > HEAVY_LESSON_BYTES).collect()
}

/// The hashes of all pictures in a content.
#[must_use]
pub fn content_pictures(content: &CourseContent) -> BTreeSet<&str> {
    content.modules.iter().flat_map(|module| &module.units).flat_map(texts).flat_map(pictures_of).collect()
}

/// All video and sound in a content.
#[must_use]
pub fn content_recordings(content: &CourseContent) -> BTreeSet<RecordingName> {
    content.modules.iter().flat_map(|module| &module.units).flat_map(texts).flat_map(recordings_of).collect()
}

/// A picture that stands in a lesson several times comes once.
fn lesson_bytes(unit: &Unit, picture_bytes: impl Fn(&str) -> u64) -> u64 {
    let text: usize = texts(unit).map(str::len).sum();
    let pictures: BTreeSet<&str> = texts(unit).flat_map(pictures_of).collect();
    let pictures = pictures.into_iter().map(picture_bytes).fold(0, u64::saturating_add);
    u64::try_from(text).unwrap_or(u64::MAX).saturating_add(pictures)
}

/// A recording says itself what it weighs. One that stands in a lesson several times comes once.
fn recording_bytes(unit: &Unit) -> u64 {
    let recordings: BTreeSet<_> = texts(unit).flat_map(recordings_of).collect();
    recordings.iter().map(|name| name.bytes).fold(0, u64::saturating_add)
}

/// Everything of a unit that is read.
pub(super) fn texts(unit: &Unit) -> impl Iterator<Item = &str> {
    let of_exercises = unit
        .exercises
        .iter()
        .flat_map(|item| [item.stem.as_str(), item.explanation.as_str()].into_iter().chain(item.body.texts()));
    let of_activities = unit.activities.iter().flat_map(|activity| activity.body.texts());
    [unit.title.as_str(), unit.body.as_str()].into_iter().chain(of_exercises).chain(of_activities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        learning::Module,
        media::{picture_path, recording::RecordingKind},
    };

    fn hash(digit: &str) -> String {
        digit.repeat(64)
    }

    fn content(bodies: &[String]) -> CourseContent {
        let unit = |(n, body): (u128, &String)| Unit {
            id: UnitId(uuid::Uuid::from_u128(n)),
            title: String::new(),
            minutes: 5,
            body: body.clone(),
            exercises: Vec::new(),
            activities: Vec::new(),
        };
        CourseContent {
            modules: vec![Module { title: String::new(), units: (1..).zip(bodies).map(unit).collect() }],
            ..CourseContent::default()
        }
    }

    #[test]
    fn a_lesson_is_heavy_by_its_text_and_its_pictures_each_counted_once() {
        let picture = |digit: &str| format!("![图]({})", picture_path(&hash(digit)));
        let bodies = [picture("a"), picture("a").repeat(3), format!("{}{}", picture("a"), picture("b"))];
        let content = content(&bodies);
        let heavy =
            heavy_lessons(&content, |sha256| if sha256 == hash("a") { HEAVY_LESSON_BYTES - 1_000 } else { 1_000 });
        let bytes = HEAVY_LESSON_BYTES + u64::try_from(bodies[2].len()).unwrap();
        let third = UnitId(uuid::Uuid::from_u128(3));
        assert_eq!(heavy, [HeavyLesson { unit_id: third, bytes, recording_bytes: 0 }]);
        let all = [hash("a"), hash("b")];
        assert!(content_pictures(&content).into_iter().eq(all.iter().map(String::as_str)));
    }

    #[test]
    fn video_is_counted_once_by_its_bytes() {
        let video = RecordingName { sha256: hash("a"), bytes: HEAVY_LESSON_BYTES, kind: RecordingKind::Mp4 };
        let body = format!("![片]({})", video.path()).repeat(2);
        let heavy = heavy_lessons(&content(std::slice::from_ref(&body)), |_| 0);
        let text = u64::try_from(body.len()).unwrap();
        assert_eq!((heavy[0].bytes, heavy[0].recording_bytes), (video.bytes + text, video.bytes));
        assert_eq!(content_recordings(&content(&[body])), BTreeSet::from([video]));
    }

    #[test]
    fn a_long_text_is_heavy_without_any_picture() {
        let longest = usize::try_from(HEAVY_LESSON_BYTES).unwrap();
        let content = content(&["a".repeat(longest), "a".repeat(longest + 1)]);
        let heavy: Vec<_> = heavy_lessons(&content, |_| 0).iter().map(|lesson| lesson.bytes).collect();
        assert_eq!(heavy, [HEAVY_LESSON_BYTES + 1]);
    }
}
