use super::*;
use uuid::Uuid;

fn activity() -> Activity {
    let criterion = Criterion { title: "C".into(), points: Points::whole(5), description: "D".into() };
    Activity {
        id: ActivityId(Uuid::nil()),
        title: "A".into(),
        is_required: true,
        body: ActivityBody::Assignment {
            task: "T".into(),
            takes: Takes { may_write: true, photos: 2, files: 0 },
            rubric: vec![criterion],
        },
    }
}

fn errors(activity: Activity) -> Vec<(String, String)> {
    let (mut errors, activities) = (Vec::new(), [activity]);
    check_kept(&mut errors, "", &activities);
    check_published(&mut errors, "", &activities);
    errors.into_iter().map(|error| (error.pointer, error.code)).collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut String, &mut Takes, &mut Vec<Criterion>), pointer: &str, code: &str) {
    let mut activity = activity();
    let ActivityBody::Assignment { task, takes, rubric } = &mut activity.body else { unreachable!() };
    change(task, takes, rubric);
    assert_eq!(errors(activity), [(format!("/activities/0/body/{pointer}"), code.to_owned())]);
}

#[test]
fn a_finished_assignment_can_be_published() {
    assert_eq!(errors(activity()), []);
}

#[test]
fn every_gap_of_an_assignment_is_named() {
    check(|task, _, _| task.clear(), "task", "required");
    check(|task, _, _| *task = "![](/x)".into(), "task", "picture-without-words");
    check(|task, _, _| *task = "T".repeat(MAX_TASK_CHARS + 1), "task", "too-long");
    check(|_, takes, _| *takes = Takes { may_write: false, photos: 0, files: 0 }, "takes", "required");
    check(|_, takes, _| takes.photos = MAX_HAND_IN_PHOTOS + 1, "takes/photos", "out-of-range");
    check(|_, takes, _| takes.files = MAX_HAND_IN_FILES + 1, "takes/files", "out-of-range");
    check(|_, _, rubric| rubric.clear(), "rubric", "required");
    check(|_, _, rubric| rubric[0].title.clear(), "rubric/0/title", "required");
    check(|_, _, rubric| rubric[0].points = Points::ZERO, "rubric/0/points", "out-of-range");
    check(|_, _, rubric| rubric[0].description = "D".repeat(501), "rubric/0/description", "too-long");
    let untitled = Activity { title: " ".into(), ..activity() };
    assert_eq!(errors(untitled), [("/activities/0/title".to_owned(), "required".to_owned())]);
}

fn discussion(prompt: &str) -> Activity {
    Activity { is_required: false, body: ActivityBody::Discussion { prompt: prompt.to_owned() }, ..activity() }
}

#[test]
fn a_question_to_discuss_fits_into_a_topic_and_no_task_point_waits_for_it() {
    assert_eq!(errors(discussion("P")), []);
    let wrong = |activity: Activity, pointer: &str, code: &str| {
        assert_eq!(errors(activity), [(format!("/activities/0/{pointer}"), code.to_owned())]);
    };
    wrong(discussion(" "), "body/prompt", "required");
    wrong(discussion(&"P".repeat(MAX_TOPIC_CHARS + 1)), "body/prompt", "too-long");
    wrong(Activity { title: "A".repeat(MAX_TOPIC_TITLE_CHARS + 1), ..discussion("P") }, "title", "too-long");
    wrong(Activity { is_required: true, ..discussion("P") }, "is_required", "wrong-type");
}

#[test]
fn a_lesson_face_to_face_says_what_is_done_and_how_long_it_takes() {
    let lesson = |about: &str, class_hours: u8| Activity {
        is_required: false,
        body: ActivityBody::OfflineLesson { about: about.to_owned(), class_hours },
        ..activity()
    };
    assert_eq!((errors(lesson("P", 2)), lesson("P", 2).as_text()), (Vec::new(), "A\nP\n⏱ 2".to_owned()));
    let wrong = |pointer: &str, code: &str| vec![(format!("/activities/0/body/{pointer}"), code.to_owned())];
    assert_eq!(errors(lesson("", 2)), wrong("about", "required"));
    assert_eq!(errors(lesson("P", 0)), wrong("class_hours", "out-of-range"));
    assert_eq!(errors(lesson(&"P".repeat(MAX_TOPIC_CHARS + 1), 2)), wrong("about", "too-long"));
}

#[test]
fn what_lies_in_a_tool_of_others_says_where_and_may_be_required() {
    let link = ExternalLink {
        tool_id: Some(Uuid::nil().into()),
        tool_title: "T".to_owned(),
        target_url: "https://tool.example/7".to_owned(),
        about: "P".to_owned(),
        parameters: "level=2".to_owned(),
        needs_pct: 60,
    };
    let external = |link: &ExternalLink| Activity { body: ActivityBody::External { link: link.clone() }, ..activity() };
    assert_eq!(errors(external(&link)), []);
    assert_eq!(external(&link).as_text(), "A\nP\nT\n↗ https://tool.example/7\nlevel=2\n≥ 60 %");
    let nothing = ExternalLink { parameters: "level".to_owned(), needs_pct: 101, ..ExternalLink::default() };
    let pointers: Vec<_> = errors(external(&nothing)).into_iter().map(|(pointer, _)| pointer).collect();
    let fields = ["tool_id", "target_url", "parameters", "needs_pct"];
    assert_eq!(pointers, fields.map(|field| format!("/activities/0/body/link/{field}")));
    let plain = ExternalLink { target_url: "http://tool.example".to_owned(), ..link.clone() };
    assert_eq!(errors(external(&plain))[0].1, "web-address");
    let long = ExternalLink { about: "P".repeat(MAX_TOPIC_CHARS + 1), ..link };
    assert_eq!(errors(external(&long))[0].1, "too-long");
}

#[test]
fn it_is_read_line_by_line() {
    assert_eq!(activity().as_text(), "A\nT\n✎ ▣ ≤ 2\n– C (5) D");
    assert_eq!(discussion("P").as_text(), "A\nP");
    assert_eq!(discussion("P").body.texts().collect::<Vec<_>>(), ["P"]);
}

#[test]
fn its_kind_stands_in_its_body() {
    let json = serde_json::to_value(activity()).unwrap();
    assert_eq!(json["body"]["kind"], "assignment");
    assert_eq!(json["body"]["takes"]["photos"], 2);
    assert_eq!(serde_json::from_value::<Activity>(json).unwrap(), activity());
    assert_eq!(
        serde_json::to_value(discussion("P")).unwrap()["body"],
        serde_json::json!({ "kind": "discussion", "prompt": "P" })
    );
}
