use super::*;
use crate::problem::{are_named, has_texts};
use PostDeed::{Hidden, Kept, Reported, Shown, TakenBack};
use proptest::prelude::*;
use uuid::Uuid;

const WRITER: AccountId = AccountId(Uuid::from_u128(1));
const READER: AccountId = AccountId(Uuid::from_u128(2));

/// A post about which so much was done.
fn post(deeds: &[PostDeed]) -> PostFacts {
    PostFacts { state: post_state(deeds), written_by: WRITER, waits: waits_for_teacher(deeds) }
}

#[test]
fn a_post_is_hidden_and_shown_again_and_taken_back_for_good() {
    for (deeds, state, waits) in [
        (&[] as &[PostDeed], PostState::Shown, false),
        (&[Reported], PostState::Shown, true),
        (&[Reported, Reported], PostState::Shown, true),
        (&[Reported, Kept], PostState::Shown, false),
        (&[Reported, Kept, Reported], PostState::Shown, true),
        (&[Reported, Hidden], PostState::Hidden, false),
        (&[Hidden, Shown], PostState::Shown, false),
        (&[Hidden, TakenBack], PostState::TakenBack, false),
        (&[Reported, TakenBack], PostState::TakenBack, true),
        (&[Reported, TakenBack, Kept], PostState::TakenBack, false),
    ] {
        assert_eq!((post_state(deeds), waits_for_teacher(deeds)), (state, waits), "{deeds:?}");
    }
}

#[test]
fn a_teacher_hides_shows_and_finds_in_order() {
    use Moderation::{Hide, Keep, Show};
    let gone = |state| Err(DiscussionRefusal::PostGone { state });
    for (deeds, said, expected) in [
        (&[] as &[PostDeed], Hide, Ok(Hidden)),
        (&[], Show, Err(DiscussionRefusal::NotHidden)),
        (&[], Keep, Err(DiscussionRefusal::NothingReported)),
        (&[Reported], Hide, Ok(Hidden)),
        (&[Reported], Keep, Ok(Kept)),
        (&[Reported, Kept], Keep, Err(DiscussionRefusal::NothingReported)),
        (&[Hidden], Show, Ok(Shown)),
        (&[Hidden], Hide, gone(PostState::Hidden)),
        (&[Hidden], Keep, gone(PostState::Hidden)),
        (&[TakenBack], Show, gone(PostState::TakenBack)),
        (&[TakenBack], Keep, gone(PostState::TakenBack)),
        (&[Reported, TakenBack], Keep, Ok(Kept)),
        (&[Reported, TakenBack], Hide, gone(PostState::TakenBack)),
    ] {
        assert_eq!(judge_moderation(&post(deeds), said, READER), expected, "{said} after {deeds:?}");
    }
}

#[test]
fn a_teacher_may_hide_their_own_and_leaves_the_rest_to_others() {
    use Moderation::{Hide, Keep, Show};
    for (deeds, said, expected) in [
        (&[Reported] as &[PostDeed], Hide, Ok(Hidden)),
        (&[Reported], Keep, Err(DiscussionRefusal::OwnPost)),
        (&[Reported, Hidden], Show, Err(DiscussionRefusal::OwnPost)),
    ] {
        assert_eq!(judge_moderation(&post(deeds), said, WRITER), expected, "{said} after {deeds:?}");
    }
}

#[test]
fn a_learner_reports_what_others_wrote_and_takes_back_their_own() {
    assert_eq!(may_report_post(&post(&[]), READER), Ok(()));
    assert_eq!(may_report_post(&post(&[]), WRITER), Err(DiscussionRefusal::OwnPost));
    let hidden = DiscussionRefusal::PostGone { state: PostState::Hidden };
    assert_eq!(may_report_post(&post(&[Hidden]), READER), Err(hidden));
    assert_eq!(may_take_back_post(PostState::Shown), Ok(()));
    assert_eq!(may_take_back_post(PostState::Hidden), Ok(()));
    let gone = DiscussionRefusal::PostGone { state: PostState::TakenBack };
    assert_eq!(may_take_back_post(PostState::TakenBack), Err(gone));
}

#[test]
fn what_is_hidden_is_read_by_teachers_and_its_writer_and_what_is_taken_back_while_a_report_waits() {
    for (deeds, by, is_teacher, expected) in [
        (&[] as &[PostDeed], READER, false, true),
        (&[Hidden], READER, false, false),
        (&[Hidden], WRITER, false, true),
        (&[Hidden], READER, true, true),
        (&[TakenBack], WRITER, true, false),
        (&[Reported, TakenBack], READER, true, true),
        (&[Reported, TakenBack], WRITER, false, false),
        (&[Reported, TakenBack, Kept], READER, true, false),
    ] {
        assert_eq!(may_read_post(&post(deeds), by, is_teacher), expected, "{deeds:?}");
    }
}

#[test]
fn a_topic_is_closed_and_opened_again() {
    use TopicStep::{Close, Reopen};
    assert!(!is_topic_closed(&[]) && is_topic_closed(&[Close]) && !is_topic_closed(&[Close, Reopen]));
    assert_eq!(judge_topic_step(false, Close), Ok(()));
    assert_eq!(judge_topic_step(true, Reopen), Ok(()));
    assert_eq!(judge_topic_step(true, Close), Err(DiscussionRefusal::TopicSettled));
    assert_eq!(judge_topic_step(false, Reopen), Err(DiscussionRefusal::TopicSettled));
}

#[test]
fn one_writes_where_it_is_open_and_not_too_much() {
    let open = WritingFacts { is_closed: false, recent: MAX_RECENT_POSTS - 1, replied_to: None };
    let reply = |state, replies| WritingFacts { replied_to: Some((state, replies)), ..open };
    assert_eq!(may_write_post(&open), Ok(()));
    assert_eq!(may_write_post(&reply(PostState::Shown, MAX_REPLIES - 1)), Ok(()));
    let full = DiscussionRefusal::RepliesFull { most: MAX_REPLIES };
    assert_eq!(may_write_post(&reply(PostState::Shown, MAX_REPLIES)), Err(full));
    let gone = DiscussionRefusal::PostGone { state: PostState::Hidden };
    assert_eq!(may_write_post(&reply(PostState::Hidden, 0)), Err(gone));
    assert_eq!(may_write_post(&WritingFacts { is_closed: true, ..open }), Err(DiscussionRefusal::TopicClosed));
    let many = DiscussionRefusal::TooManyPosts { most: MAX_RECENT_POSTS, minutes: 10 };
    assert_eq!(may_write_post(&WritingFacts { recent: MAX_RECENT_POSTS, ..open }), Err(many));
}

#[test]
fn words_are_there_not_too_long_and_without_numbers_of_persons() {
    let write = |text: &str| NewPost { text: text.to_owned(), reply_to: None }.check().map_err(|error| error.code);
    assert_eq!(write(" 2026-11-26 那天 25 人到场 \n"), Ok("2026-11-26 那天 25 人到场".to_owned()));
    assert_eq!(write(" \n"), Err("required".to_owned()));
    assert_eq!(write(&"说".repeat(MAX_POST_CHARS + 1)), Err("too-long".to_owned()));
    for number in ["打我电话19900009137", "199-0000-9137", "１９９ ００００ ９１３７", "号码330199198503140022"]
    {
        assert_eq!(write(number), Err("holds-number".to_owned()), "{number}");
    }
}

#[test]
fn a_topic_names_every_field_that_is_wrong() {
    let topic = |title: &str, text: &str| NewTopic {
        title: title.to_owned(),
        text: text.to_owned(),
        course_id: None,
        unit_id: None,
    };
    assert_eq!(topic(" 合同 ", " 签过吗？\n").check(), Ok(topic("合同", "签过吗？")));
    let lost =
        NewTopic { unit_id: Some(crate::ids::UnitId(Uuid::nil())), ..topic("", &"长".repeat(MAX_TOPIC_CHARS + 1)) };
    let wrong = lost.check().unwrap_err();
    let wrong: Vec<_> = wrong.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
    assert_eq!(wrong, [("/title", "required"), ("/text", "too-long"), ("/course_id", "required")]);
}

#[test]
fn who_hides_says_why_and_who_shows_need_not() {
    let say = |step, reason: &str| ModeratePost { step, reason: reason.to_owned() }.check().map_err(|error| error.code);
    assert_eq!(say(Moderation::Hide, " "), Err("required".to_owned()));
    assert_eq!(say(Moderation::Hide, "广告"), Ok("广告".to_owned()));
    assert_eq!(say(Moderation::Show, " "), Ok(String::new()));
    assert_eq!(say(Moderation::Keep, "电话19900009137"), Err("holds-number".to_owned()));
}

#[test]
fn every_state_and_refusal_has_its_texts() {
    let keys: Vec<_> = PostState::ALL.iter().map(|state| format!("post_{state}")).collect();
    let files =
        [include_str!("../../../locales/zh-CN/discussion.json"), include_str!("../../../locales/en/discussion.json")];
    assert!(are_named(files, &keys));
    let refusals = [
        DiscussionRefusal::TopicClosed,
        DiscussionRefusal::TopicSettled,
        DiscussionRefusal::TooManyPosts { most: 1, minutes: 1 },
        DiscussionRefusal::RepliesFull { most: 1 },
        DiscussionRefusal::PostGone { state: PostState::Hidden },
        DiscussionRefusal::NotHidden,
        DiscussionRefusal::NothingReported,
        DiscussionRefusal::OwnPost,
    ];
    for refusal in refusals {
        for part in ["title", "detail"] {
            assert!(has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
        }
    }
}

proptest! {
    /// Whatever is said, what was taken back stays so.
    #[test]
    fn no_word_brings_back_what_was_taken_back(said in prop::collection::vec(0_usize..3, 0..20), at in 0_usize..20) {
        let mut deeds = Vec::new();
        for (nth, said) in said.into_iter().enumerate() {
            if nth == at {
                deeds.push(TakenBack);
            }
            deeds.extend(judge_moderation(&post(&deeds), Moderation::ALL[said], READER).ok());
        }
        let is_taken_back = deeds.contains(&TakenBack);
        prop_assert_eq!(post_state(&deeds) == PostState::TakenBack, is_taken_back);
    }
}
