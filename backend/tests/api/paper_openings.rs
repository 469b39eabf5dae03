//! A closed paper: until candidates have sat it two persons see it together for a while, and nobody alone.

use crate::{
    exam_world::{DURATION_MIN, Device, World, open_paper},
    people::audited,
    support::{Client, Reply, db_tests, execute},
    work::waiting,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::{
    papers::{OPEN_FOR_S, OPENING_WAITS_S},
    rights::Role,
};

fn path(world: &World) -> String {
    format!("/api/v1/papers/{}", world.paper_id.as_str().unwrap())
}

async fn propose(client: &Client, paper: &str, reason: &str) -> Reply {
    client.post(&format!("{paper}/propose_opening"), &json!({ "reason": reason })).await
}

async fn open(client: &Client, paper: &str) -> Reply {
    client.post(&format!("{paper}/open"), &json!({})).await
}

/// What a paper is seen by: it is tried, and its key is printed.
async fn looks(client: &Client, paper: &str) -> [Reply; 2] {
    let tried = client.post(&format!("{paper}/rehearsals"), &json!({})).await;
    [tried, client.post(&format!("{paper}/prints"), &json!({ "sheet": "key" })).await]
}

async fn assert_seen(client: &Client, paper: &str) {
    for look in looks(client, paper).await {
        assert_eq!(look.status, 200, "{}", String::from_utf8_lossy(&look.bytes));
    }
}

async fn assert_closed(client: &Client, paper: &str) {
    for look in looks(client, paper).await {
        let refused = look.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("任何人都不能单独查看"), "{refused}");
    }
}

db_tests! {
    async fn two_persons_see_a_sealed_paper_together_and_nobody_alone(app) {
        let mut world = World::draft(&app, 1).await;
        let third = app.staff("kaowu-three", Role::ExamAdministrator, "33").await;
        let (paper, [one, other]) = (path(&world), world.administrators.clone());
        for client in [&one, &other, &third] {
            assert_closed(client, &paper).await;
        }
        assert_eq!(open(&other, &paper).await.expect_problem(409), "wrong-state");
        assert_eq!(propose(&one, &paper, " ").await.expect(422)["errors"][0]["pointer"], "/reason");
        let asked = propose(&one, &paper, "核对公式").await.expect(200);
        assert_eq!((&asked["is_closed"], &asked["opening"]["reason"]), (&json!(true), &json!("核对公式")));
        assert_eq!(propose(&other, &paper, "也要核对").await.expect_problem(409), "wrong-state");
        assert_eq!(open(&one, &paper).await.expect_problem(409), "second-person-needed");
        assert_closed(&one, &paper).await;
        assert_eq!((waiting(&one, "papers_to_open").await, waiting(&other, "papers_to_open").await), (0, 1));
        let waits = other.get("/api/v1/papers?waits=opening").await.expect(200)["items"].clone();
        assert_eq!((waits.as_array().unwrap().len(), &waits[0]["id"]), (1, &world.paper_id));
        for _ in 0..2 {
            let opened = open(&other, &paper).await.expect(200);
            assert_eq!(opened["opening"]["opened_by_name"], "kaowu-two");
        }
        assert_eq!(open(&third, &paper).await.expect_problem(409), "wrong-state", "it is open for two");
        assert_eq!(waiting(&other, "papers_to_open").await, 0);
        for client in [&one, &other] {
            assert_seen(client, &paper).await;
        }
        assert_closed(&third, &paper).await;
        let noted = audited(&app, "compose_paper").await;
        let noted: Vec<_> = noted.iter().filter_map(|detail| detail.get("opening")).collect();
        assert_eq!(noted, ["proposed", "opened"]);

        world.later(&app, OPEN_FOR_S).await;
        for client in &world.administrators {
            assert_closed(client, &paper).await;
        }
        let after = world.administrators[0].get("/api/v1/papers").await.expect(200)["items"].clone();
        assert_eq!((&after[0]["is_closed"], &after[0]["opening"]), (&json!(true), &Value::Null));
        for stranger in [&world.marker, &world.candidates[0].client] {
            assert_eq!(propose(stranger, &paper, "想看看").await.expect_problem(403), "forbidden");
            assert_eq!(open(stranger, &paper).await.expect_problem(403), "forbidden");
        }
    }

    async fn what_nobody_opened_in_time_is_proposed_anew(app) {
        let mut world = World::draft(&app, 1).await;
        let paper = path(&world);
        propose(&world.administrators[0], &paper, "核对公式").await.expect(200);
        world.later(&app, OPENING_WAITS_S).await;
        let [one, other] = &world.administrators;
        assert_eq!(waiting(other, "papers_to_open").await, 0);
        assert_eq!(open(other, &paper).await.expect_problem(409), "wrong-state");
        open_paper(&[other.clone(), one.clone()], &paper).await;
        assert_seen(one, &paper).await;
    }

    async fn nobody_sees_it_by_composing_another_paper_of_its_items(app) {
        let world = World::draft(&app, 1).await;
        let composer = &world.administrators[0];
        let spare = json!({
            "course_id": world.course_id, "title": "Spare", "items": [{ "item_id": world.items[0], "points": 200 }],
        });
        let spare = composer.post("/api/v1/papers", &spare).await.expect(201);
        assert_eq!((&spare["state"], &spare["is_closed"]), (&json!("open"), &json!(true)));
        let spare = format!("/api/v1/papers/{}", spare["id"].as_str().unwrap());
        assert_closed(composer, &spare).await;
        open_paper(&world.administrators, &path(&world)).await;
        assert_closed(composer, &spare).await;
        open_paper(&world.administrators, &spare).await;
        assert_seen(composer, &spare).await;
    }

    async fn who_wrote_an_item_has_no_part_in_the_opening(app) {
        let world = World::draft(&app, 1).await;
        let ([one, other], paper) = (&world.administrators, path(&world));
        propose(one, &paper, "核对公式").await.expect(200);
        execute(&app, "UPDATE item SET created_by = (SELECT id FROM account WHERE login_name = 'kaowu-two')").await;
        for refused in [open(other, &paper).await, propose(other, &paper, "核对公式").await] {
            assert_eq!(refused.expect_problem(409), "second-person-needed");
        }
    }

    async fn once_candidates_have_sat_it_whoever_composes_papers_sees_it(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        Device::open(&world, 0, 1, false).await;
        assert_closed(&world.administrators[0], &path(&world)).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
        world.settle(&app).await;
        world.later(&app, 600).await;
        world.settle(&app).await;
        let (composer, paper) = (&world.administrators[0], path(&world));
        assert_seen(composer, &paper).await;
        let refused = propose(composer, &paper, "核对公式").await;
        assert_eq!(refused.expect_problem(409), "wrong-state", "there is nothing to open");
    }

    async fn the_store_itself_lets_nobody_open_alone(app) {
        let world = World::draft(&app, 1).await;
        open_paper(&world.administrators, &path(&world)).await;
        let alone = "UPDATE paper_opening SET opened_by = proposed_by";
        let refused = app.cx.db.write_journal(async |tx| {
            tx.execute_unprepared(alone).await?;
            Ok(())
        });
        assert!(refused.await.is_err());
    }
}
