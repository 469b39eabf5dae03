//! What consoles are told as it happens: by a line of events, or by asking again.

use super::{Day, heartbeat, seat_of};
use crate::{
    exam_world::Device,
    support::{Client, db_tests, execute, send, serve},
};
use backend::app::State;
use futures::future::join;
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// A line of events that somebody follows.
struct Line {
    response: Response,
    text: String,
}

impl Line {
    async fn open(client: &Client, room: &str) -> Self {
        let response = client.request(Method::GET, &format!("{room}/live")).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (200, &"text/event-stream".parse().unwrap())
        );
        Self { response, text: String::new() }
    }

    /// The next event: its name and what it says.
    async fn next(&mut self) -> (String, Value) {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let said = event.split_once("\ndata: ").map(|(name, json)| {
                    (name.trim_start_matches("event: ").to_owned(), serde_json::from_str(json).unwrap())
                });
                self.text = rest.to_owned();
                match said {
                    Some(said) => return said,
                    // It only says that it is there.
                    None => continue,
                }
            }
            let more = self.response.chunk().await.unwrap().expect("the line ended");
            self.text.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    /// Changes until one has a seat in this state.
    async fn until(&mut self, state: &str) -> Value {
        loop {
            let (_, said) = self.next().await;
            if let Some(seat) = said["seats"].as_array().unwrap().iter().find(|seat| seat["state"] == state) {
                return seat.clone();
            }
        }
    }
}

db_tests! {
    async fn a_console_gets_the_room_and_then_what_changes(app) {
        let day = Day::started(&app, 2).await;
        let mut line = Line::open(&day.invigilator, &day.room).await;
        let (name, room) = line.next().await;
        assert_eq!((name.as_str(), room["seats"].as_array().unwrap().len()), ("room", 2));
        let admit = json!({ "kind": "admit", "ticket_number": day.ticket(1).await, "document_matches": true,
            "photo_matches": true });
        day.act(&day.invigilator, &admit).await.expect(200);
        let (name, change) = line.next().await;
        assert_eq!((name.as_str(), change["seats"].as_array().unwrap().len()), ("change", 1), "{change}");
        assert_eq!((&change["seats"][0]["state"], &change["counts"]["admitted"]), (&json!("admitted"), &json!(1)));
        // Who comes later begins with all of it.
        let mut later = Line::open(&day.head, &day.room).await;
        let (name, room) = later.next().await;
        assert_eq!((name.as_str(), &room["counts"]["admitted"]), ("room", &json!(1)));
        // What is new is added to what was counted: who is looked at again is no second one.
        let wall = format!("/api/v1/exam_sessions/{}/rooms", day.world.exam_session_id);
        assert_eq!(day.head.get(&wall).await.expect(200)[0]["admitted"], 1);
        day.act(&day.invigilator, &admit).await.expect(200);
        assert_eq!(day.head.get(&wall).await.expect(200)[0]["admitted"], 1);
        let other = json!({ "kind": "admit", "ticket_number": day.ticket(0).await, "document_matches": true,
            "photo_matches": true });
        day.act(&day.invigilator, &other).await.expect(200);
        assert_eq!(day.head.get(&wall).await.expect(200)[0]["admitted"], 2);
    }

    async fn a_device_on_one_node_is_seen_by_a_console_on_another(app) {
        let day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        let other_node = serve(State::new(app.cx.clone()).unwrap());
        let mut line = Line::open(&day.invigilator.at(other_node), &day.room).await;
        let (_, room) = line.next().await;
        assert_eq!(seat_of(&room, &day.world, 0)["state"], "offline", "nothing was heard yet");
        let mut told = heartbeat(0);
        (told["unsent"], told["focus_losses"], told["focus_lost_s"]) = (json!(3), json!(2), json!(40));
        day.beat(0, &told).await.expect(200);
        let seat = line.until("working").await;
        assert_eq!((&seat["unsent"], &seat["focus_losses"], &seat["focus_lost_s"]), (&json!(3), &json!(2), &json!(40)));
    }

    async fn what_is_done_on_one_node_reaches_a_device_that_waits_at_another(app) {
        let day = Day::started(&app, 1).await;
        let other_node = serve(State::new(app.cx.clone()).unwrap());
        let mut waiting = heartbeat(0);
        waiting["wait_s"] = json!(20);
        let path = day.world.path(0, "heartbeat");
        let candidate = day.world.candidates[0].client.at(other_node);
        let extension = json!({ "minutes": 5, "reason": "断电" });
        let (news, given) = join(candidate.post(&path, &waiting), day.extend(&extension)).await;
        assert_eq!((&news.expect(200)["news"], &given.expect(200)["extended"]), (&json!(1), &json!(1)));
    }

    async fn a_console_shows_whose_device_has_not_heard_the_last_news(app) {
        let day = Day::started(&app, 2).await;
        Device::open(&day.world, 0, 1, false).await;
        day.beat(0, &heartbeat(0)).await.expect(200);
        assert_eq!(day.seat(0).await["has_unheard"], false);
        day.act(&day.invigilator, &json!({ "kind": "announce", "text": "还有十五分钟" })).await.expect(200);
        assert_eq!((&day.seat(0).await["has_unheard"], &day.seat(1).await["has_unheard"]), (&json!(true), &json!(false)));
        day.beat(0, &heartbeat(1)).await.expect(200);
        assert_eq!(day.seat(0).await["has_unheard"], false);
    }

    async fn who_cannot_follow_asks_again_and_gets_nothing_twice(app) {
        let day = Day::started(&app, 1).await;
        let first = day.invigilator.get(&day.room).await;
        let tag = first.headers["etag"].clone();
        let again = || day.invigilator.request(Method::GET, &day.room).header("if-none-match", &tag);
        assert_eq!(send(again()).await.status, 304);
        day.act(&day.invigilator, &json!({ "kind": "announce", "text": "还有十五分钟" })).await.expect(200);
        let reply = send(again()).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.expect(200)["announcements"][0]["text"], "还有十五分钟");
        let progress = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let first = day.world.administrators[0].get(&progress).await;
        let tag = first.headers["etag"].clone();
        let again = day.world.administrators[0].request(Method::GET, &progress).header("if-none-match", tag);
        assert_eq!(send(again).await.status, 304);
    }

    async fn a_device_that_is_not_heard_for_half_a_minute_is_offline(app) {
        let mut day = Day::started(&app, 1).await;
        Device::open(&day.world, 0, 1, false).await;
        day.beat(0, &heartbeat(0)).await.expect(200);
        assert_eq!(day.seat(0).await["state"], "working");
        day.world.later(&app, 31).await;
        let seat = day.seat(0).await;
        assert_eq!(seat["state"], "offline");
        assert!(!seat["last_seen_at"].is_null());
        day.beat(0, &heartbeat(0)).await.expect(200);
        assert_eq!(day.seat(0).await["state"], "working");
    }

    async fn the_office_counts_who_is_cut_off_and_neither_who_waits_nor_who_is_through(app) {
        let day = Day::started(&app, 4).await;
        // One waits, one is cut off, one is at work, and one has handed in.
        for candidate in [1, 2] {
            Device::open(&day.world, candidate, 1, false).await;
        }
        Device::open(&day.world, 3, 1, false).await.submit(&day.world).await.expect(200);
        let cut_off = day.ticket(1).await;
        let heard = format!(
            "INSERT INTO sitting_presence \
             (sitting_id, visit, exam_session_id, is_ready, unsent, focus_losses, focus_lost_s, heard, seen_at) \
             SELECT id, id, exam_session_id, TRUE, 0, 0, 0, 0, {} FROM sitting WHERE ticket_number <> '{}'",
            app.cx.clock.now().0,
            cut_off.as_str().unwrap(),
        );
        execute(&app, &heard).await;
        // A device that fetched the paper ahead has told so days ago; two of one candidate are one.
        let ahead = format!(
            "INSERT INTO sitting_presence \
             (sitting_id, visit, exam_session_id, is_ready, unsent, focus_losses, focus_lost_s, heard, seen_at) \
             SELECT sitting_id, exam_session_id, exam_session_id, TRUE, 0, 0, 0, 0, {} FROM sitting_presence",
            app.began.plus_s(-86_400).0,
        );
        execute(&app, &ahead).await;
        let path = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let offline = async || day.world.administrators[0].get(&path).await.expect(200)["offline"].clone();
        assert_eq!(offline().await, 1);
        let progress = day.world.administrators[0].get(&path).await.expect(200);
        let site = &progress["sites"][0];
        assert_eq!((&progress["ready"], &site["ready"], &site["expected"]), (&json!(3), &json!(3), &json!(4)));
        let never_came = format!("UPDATE sitting SET closed_at = {} WHERE opened_at IS NULL", app.cx.clock.now().0);
        execute(&app, &never_came).await;
        assert_eq!(offline().await, 1);
    }

    async fn the_office_sees_every_site_and_how_many_are_ready_and_have_begun(app) {
        let day = Day::started(&app, 2).await;
        let path = format!("/api/v1/exam_sessions/{}/progress", day.world.exam_session_id);
        let office = day.world.administrators[0].clone();
        Device::open(&day.world, 1, 7, false).await;
        let rooms = format!("/api/v1/exam_sessions/{}/rooms", day.world.exam_session_id);
        assert_eq!(day.head.get(&rooms).await.expect(200)[0]["offline"], 1, "nothing was heard of it");
        Device::open(&day.world, 0, 1, false).await.submit(&day.world).await.expect(200);
        let progress = office.get(&path).await.expect(200);
        assert_eq!((&progress["candidates"], &progress["state"]), (&json!(2), &json!("armed")));
        let room = &progress["sites"][0]["rooms"][0];
        assert_eq!((&room["expected"], &room["started"], &room["closed"]), (&json!(2), &json!(2), &json!(1)));
        let curve = progress["curve"].as_array().unwrap();
        let sum = |name: &str| curve.iter().map(|minute| minute[name].as_u64().unwrap()).sum::<u64>();
        assert_eq!((sum("started"), sum("closed")), (2, 1));
        assert_eq!(day.head.get(&path).await.expect_problem(404), "not-found");
    }
}
