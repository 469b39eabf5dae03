//! A file of answers that a device could not send is taken by whoever is there, counts once, and is told what it lacks.

use super::{Day, seat_of};
use crate::{
    exam_world::{DURATION_MIN, Device, World},
    people::audited,
    support::{Client, Reply, TestApp, db_tests, send},
};
use backend::platform::crypto::seal_for;
use serde_json::{Value, json};
use shared::{
    delivery::{ANSWER_FILE_KEY, AnswerFile, JournalEntry},
    item_bank::Response,
};

/// What a candidate's device saves.
pub(super) fn file_of(app: &TestApp, world: &World, candidate: usize, entries: &[JournalEntry]) -> AnswerFile {
    let (sitting_id, key) = (world.sitting(candidate), app.cx.keys.answer_files.public_key());
    let (bound_to, plain) = (AnswerFile::belongs_to(sitting_id), serde_json::to_vec(entries).unwrap());
    let content = (bound_to.as_bytes(), plain.as_slice());
    let letter = seal_for(&key, ANSWER_FILE_KEY, content, app.cx.ids.as_ref()).unwrap();
    AnswerFile { sitting_id, sender: letter.sender, sealed: letter.sealed }
}

pub(super) async fn upload(by: &Client, path: &str, file: impl Into<Vec<u8>>) -> Reply {
    let request = by.request(reqwest::Method::POST, path).header("content-type", "application/octet-stream");
    send(request.body(file.into())).await
}

/// What is wrong with a file that was refused.
fn wrong(reply: Reply) -> Value {
    reply.expect(422)["errors"][0]["code"].clone()
}

fn office(day: &Day) -> String {
    format!("/api/v1/exam_sessions/{}/answer_files", day.world.exam_session_id)
}

pub(super) fn room(day: &Day) -> String {
    format!("{}/answer_files", day.room)
}

db_tests! {
    async fn a_file_counts_once_wherever_it_is_handed_in(app) {
        let mut day = Day::started(&app, 1).await;
        let mut device = Device::open(&day.world, 0, 1, false).await;
        let sent = device.answer(&day.world, 0, 1);
        device.send(&day.world, std::slice::from_ref(&sent)).await.expect(200);
        let unsent = [device.answer(&day.world, 1, 2), device.answer(&day.world, 2, 3)];
        let after_the_end = device.answer_at(&day.world, 0, 0, u64::from(DURATION_MIN) * 60_000 + 1);
        let entries = [sent, unsent[0].clone(), unsent[1].clone(), after_the_end];
        let file = file_of(&app, &day.world, 0, &entries);
        assert_eq!(day.world.view(0).await["answer_file_key"].as_str().unwrap().len(), 87);

        day.world.later(&app, i64::from(DURATION_MIN) * 60 + 60).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await["answered"], 1);
        let (invigilator, ticket) = (app.log_in("jiankao").await, day.ticket(0).await);
        let taken = upload(&invigilator, &room(&day), file.text()).await.expect(200);
        let late = json!([{ "reason": "time_up", "entries": 1 }]);
        assert_eq!(taken, json!({ "ticket_number": ticket, "code": file.code(), "taken": 2, "known": 1, "refused": late }));
        assert_eq!(day.world.verdicts(&app, 0).await, ["store", "store_as_late", "store_as_late"]);
        let seen = invigilator.get(&day.room).await.expect(200);
        assert_eq!(seat_of(&seen, &day.world, 0)["late_answers"], 2, "who watches the room is told");
        let progress = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let progress = day.world.administrators[0].get(&progress).await.expect(200);
        assert_eq!(progress["with_late_answers"], 1, "and so is the office");

        // Again at the office, and by the candidate, from another sealing of the same.
        let again = file_of(&app, &day.world, 0, &entries);
        let own = day.world.path(0, "answer_file");
        for (by, path) in [(&day.world.administrators[0], office(&day)), (&day.world.candidates[0].client, own)] {
            let known = upload(by, &path, again.text()).await.expect(200);
            assert_eq!((&known["taken"], &known["known"], &known["refused"]), (&json!(0), &json!(3), &late));
        }
        assert_eq!(day.world.stored(&app, 0).await, 3);
        let noted = audited(&app, "keep_exam_room").await.pop().unwrap();
        assert_eq!((&noted["taken"], &noted["file"]), (&json!(2), &json!(file.code())));

        day.world.later(&app, 600).await;
        day.world.settle(&app).await;
        day.world.settle(&app).await;
        assert_eq!(day.world.receipt(0).await["answered"], 3);
        let after = upload(&day.world.administrators[0], &office(&day), again.text()).await.expect(200);
        assert_eq!((&after["taken"], &after["known"]), (&json!(0), &json!(3)));
    }

    async fn what_an_overtaken_device_kept_fills_what_was_left_out(app) {
        let day = Day::started(&app, 1).await;
        let mut phone = Device::open(&day.world, 0, 1, false).await;
        let (one, two) = (phone.answer(&day.world, 0, 1), phone.answer(&day.world, 1, 1));
        let consent = json!({ "kind": "consent_take_over", "ticket_number": day.ticket(0).await, "text": "平板没电" });
        day.act(&day.invigilator, &consent).await.expect(200);
        let mut laptop = Device::open(&day.world, 0, 2, true).await;
        let newer = laptop.answer(&day.world, 0, 2);
        laptop.send(&day.world, &[newer]).await.expect(200);
        let file = file_of(&app, &day.world, 0, &[one, two]);
        let taken = upload(&day.invigilator, &room(&day), file.text()).await.expect(200);
        assert_eq!((&taken["taken"], &taken["refused"]), (&json!(2), &json!([])));
        let answers = day.world.answers(&app, 0).await;
        let choice = |item: usize| answers.response(day.world.items[item]).cloned();
        assert_eq!([choice(0), choice(1)], [2, 1].map(|choice| Some(Response::Single(choice))));
    }

    async fn a_file_that_is_broken_changed_or_of_another_is_refused_whole(app) {
        let day = Day::started(&app, 2).await;
        let mut device = Device::open(&day.world, 0, 1, false).await;
        let entries = [device.answer(&day.world, 0, 1), device.answer(&day.world, 1, 1)];
        let file = file_of(&app, &day.world, 0, &entries);
        let at_room = async |file: Vec<u8>| wrong(upload(&day.invigilator, &room(&day), file).await);
        assert_eq!(at_room(b"name,number\n".to_vec()).await, "answer-file-unknown");
        assert_eq!(at_room(file.text().into_bytes()[..200].to_vec()).await, "answer-file-damaged");
        let mut changed = file.clone();
        changed.sealed[30] ^= 1;
        assert_eq!(at_room(changed.text().into()).await, "answer-file-damaged", "its code fits, and it does not open");
        let other = AnswerFile { sitting_id: day.world.sitting(1), ..file.clone() };
        assert_eq!(at_room(other.text().into()).await, "answer-file-damaged", "it is bound to its sitting");
        let mut torn = entries.clone();
        torn[0].response = Response::Single(0);
        assert_eq!(at_room(file_of(&app, &day.world, 0, &torn).text().into()).await, "answer-file-damaged");
        let nobody = AnswerFile { sitting_id: app.cx.ids.new_id(), ..file.clone() };
        assert_eq!(at_room(nobody.text().into()).await, "answer-file-foreign");
        let (neighbour, path) = (&day.world.candidates[1].client, day.world.path(1, "answer_file"));
        assert_eq!(wrong(upload(neighbour, &path, file.text()).await), "answer-file-foreign");
        let elsewhere = upload(neighbour, &day.world.path(0, "answer_file"), file.text()).await;
        assert_eq!(elsewhere.expect_problem(404), "not-found");
        assert_eq!(upload(&day.head, &office(&day), file.text()).await.expect_problem(404), "not-found");
        assert_eq!(day.world.stored(&app, 0).await + day.world.stored(&app, 1).await, 0);

        // What the candidate handed in stays as it is.
        let submitted = Device::open(&day.world, 0, 1, false).await;
        submitted.submit(&day.world).await.expect(200);
        let refused = upload(&day.invigilator, &room(&day), file.text()).await.expect(200);
        assert_eq!(refused["refused"], json!([{ "reason": "handed_in", "entries": 2 }]));
        assert_eq!(day.world.stored(&app, 0).await, 0);
    }
}
