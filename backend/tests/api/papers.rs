//! Two persons seal a paper, in the versions that the first found ready; who wrote an item has no part in it.

use crate::{
    exam_world::{SECRET, World, approve, open_paper, seal},
    item_kinds,
    people::audited,
    support::{Client, Reply, TestApp, db_tests, execute, send},
    work::waiting,
};
use backend::platform::crypto;
use futures::future::join;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::{
    calculator::CalculatorKind,
    ids::{ItemId, PaperId},
    item_bank::SCORER_VERSION,
    papers::{PaperPackage, PaperRehearsal},
    rights::{Place, Role, RoleAt},
};
use std::collections::BTreeSet;

async fn post(client: &Client, path: &str) -> Reply {
    client.post(path, &json!({})).await
}

async fn item(app: &TestApp, author: &Client, world: &World) -> ItemId {
    item_of(app, author, world, "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B").await
}

/// Brings an item into the bank that somebody else finds right.
async fn item_of(app: &TestApp, author: &Client, world: &World, text: &str) -> ItemId {
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    let item = report["stored"][0].as_str().unwrap().parse().unwrap();
    approve(app, &[item]).await;
    item
}

fn paper_of(world: &World, item: ItemId) -> Value {
    json!({ "course_id": world.course_id, "title": "Spare", "items": [{ "item_id": item, "points": 200 }] })
}

/// A paper of one item; its path.
async fn composed(composer: &Client, world: &World, item: ItemId) -> String {
    let paper = composer.post("/api/v1/papers", &paper_of(world, item)).await.expect(201);
    format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())
}

/// The papers that somebody sees, read two by two.
async fn listed(client: &Client, query: &str) -> Vec<Value> {
    client.all(&format!("/api/v1/papers?{query}"), 2).await
}

/// The package of a sealed paper, as candidates' devices open it.
async fn opened(app: &TestApp, paper: &str) -> PaperPackage {
    let id: PaperId = paper.rsplit('/').next().unwrap().parse().unwrap();
    let sealed = app.stranger().get(&format!("{paper}/package")).await.bytes;
    let key = backend::papers::content_key(&app.cx, id).await.unwrap();
    serde_json::from_slice(&crypto::decrypt(&key, id.to_string().as_bytes(), &sealed).unwrap()).unwrap()
}

/// The options of each item of a sealed paper that stay at their places: devices and who traces leaks are told the same.
async fn pinned(app: &TestApp, paper: &str) -> Vec<Vec<u16>> {
    let shape = opened(app, paper).await.shape();
    let id = paper.rsplit('/').next().unwrap().parse().unwrap();
    let sealed = backend::papers::sealed_items(&app.cx, id).await.unwrap();
    assert_eq!(backend::papers::shape_of(&app.cx, id, &sealed).await.unwrap(), shape);
    shape.pinned
}

/// Writes an item anew, and somebody else finds that right.
async fn revised(app: &TestApp, author: &Client, item: ItemId) {
    let path = format!("/api/v1/items/{item}");
    let mut better = post(author, &format!("{path}/views")).await.expect(200)["item"].clone();
    better["stem"] = json!("A better stem");
    let request = author.request(Method::PUT, &path).header("if-match", "\"1\"").json(&better);
    send(request).await.expect(200);
    approve(app, &[item]).await;
}

/// A paper of items of every kind, with formulas; its path.
async fn of_every_kind(app: &TestApp, author: &Client, world: &World) -> String {
    let text = format!(
        "{}\n20. 若 $\\frac{{1}}{{2}}x^2 = 2$，则 x 为（　）\nA. $\\sqrt{{4}}$\nB. 以上都对\n答案：A",
        item_kinds::TEXT
    );
    let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": text, "dry_run": false });
    let report = author.post("/api/v1/items/import", &body).await.expect(200);
    assert_eq!(report["errors"], json!([]));
    let items: Vec<ItemId> = serde_json::from_value(report["stored"].clone()).unwrap();
    approve(app, &items).await;
    let chosen: Vec<_> = items.iter().map(|id| json!({ "item_id": id, "points": 200 })).collect();
    let paper = json!({ "course_id": world.course_id, "title": "Kinds", "items": chosen });
    let paper = world.administrators[0].post("/api/v1/papers", &paper).await.expect(201);
    format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())
}

#[track_caller]
fn is_pdf(print: Reply, name: &str) {
    assert_eq!(print.status, 200, "{}", String::from_utf8_lossy(&print.bytes));
    assert_eq!(print.headers["cache-control"], "no-store");
    assert!(print.bytes.starts_with(b"%PDF"), "{name} is no PDF");
    if let Some(folder) = std::option_env!("KEEP_PDF") {
        std::fs::write(format!("{folder}/paper-{name}.pdf"), &print.bytes).unwrap();
    }
}

/// What the audit log says was printed of papers.
async fn printed(app: &TestApp) -> Vec<String> {
    let noted = audited(app, "compose_paper").await;
    noted.iter().filter_map(|detail| Some(detail["printed"].as_str()?.to_owned())).collect()
}

db_tests! {
    async fn one_person_proposes_and_another_seals(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let paper = composed(one, &world, world.items[0]).await;
        let (propose, sealing) = (format!("{paper}/propose_seal"), format!("{paper}/seal"));
        for client in [one, other] {
            let problem = post(client, &sealing).await.expect(409);
            assert_eq!(problem["code"], "wrong-state");
            assert!(problem["detail"].as_str().unwrap().contains("提请封存"), "{problem}");
            assert_eq!(waiting(client, "papers_to_seal").await, 1);
        }
        for _ in 0..2 {
            let proposed = post(one, &propose).await.expect(200);
            assert_eq!((&proposed["state"], &proposed["proposed_by_name"]), (&json!("proposed"), &json!("kaowu-one")));
        }
        let proposed = post(other, &propose).await.expect(200);
        assert_eq!(proposed["proposed_by_name"], "kaowu-one", "the first stays the first");
        assert_eq!((waiting(one, "papers_to_seal").await, waiting(other, "papers_to_seal").await), (0, 1));
        let waits = listed(other, "waits=sealing").await;
        assert_eq!((waits.len(), &waits[0]["state"]), (1, &json!("proposed")));
        assert_eq!(listed(one, "waits=sealing").await, Vec::<Value>::new());
        assert_eq!(listed(one, "state=open").await, Vec::<Value>::new());

        let problem = post(one, &sealing).await.expect(409);
        assert_eq!(problem["code"], "second-person-needed");
        assert!(problem["detail"].as_str().unwrap().contains("不能自己封存"), "{problem}");
        let sealed = post(other, &sealing).await.expect(200);
        assert_eq!((&sealed["state"], &sealed["sealed_by_name"]), (&json!("sealed"), &json!("kaowu-two")));
        for client in [one, other] {
            let again = post(client, &sealing).await.expect(200);
            assert_eq!(again["package_sha256"], sealed["package_sha256"], "a repeat changes nothing");
        }
        assert_eq!(post(one, &propose).await.expect_problem(409), "wrong-state");
        let back = other.post(&format!("{paper}/send_back"), &json!({ "reason": "分值要再核对" })).await;
        assert_eq!(back.expect_problem(409), "wrong-state");
        assert_eq!(waiting(other, "papers_to_seal").await, 0);
    }

    async fn tools_are_sealed_with_the_paper_that_they_lie_beside(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let paper = composed(one, &world, item(&app, &author, &world).await).await;
        let path = format!("{paper}/tools");
        let set = async |body: &Value| send(one.request(Method::PUT, &path).json(body)).await;
        let tools = json!({ "calculator": "scientific", "formula_sheet": "面积 $S=\\pi r^2$" });
        let noted = audited(&app, "compose_paper").await.len();
        for _ in 0..2 {
            assert_eq!(set(&tools).await.expect(200)["tools"], tools);
        }
        assert_eq!(audited(&app, "compose_paper").await[noted]["calculator"], "scientific");
        let picture = format!("![](/api/v1/pictures/{})", "a".repeat(64));
        let long = "长".repeat(20_001);
        for (sheet, code) in [(picture.as_str(), "no-pictures"), (long.as_str(), "too-long")] {
            let refused = set(&json!({ "calculator": "none", "formula_sheet": sheet })).await.expect(422);
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/formula_sheet"), &json!(code)));
        }
        assert_eq!(set(&json!({ "calculator": "abacus", "formula_sheet": "" })).await.status, 422);
        let tried: PaperRehearsal =
            serde_json::from_value(post(one, &format!("{paper}/rehearsals")).await.expect(200)).unwrap();
        seal(&world.administrators, &paper).await;
        let package = opened(&app, &paper).await;
        assert_eq!((package.tools.calculator, &package.tools), (CalculatorKind::Scientific, &tried.package.tools));
        assert!(package.tools.formula_sheet_html.contains("<math"), "{:?}", package.tools);
        let refused = set(&json!({ "calculator": "none", "formula_sheet": "" })).await;
        assert_eq!(refused.expect_problem(409), "wrong-state", "what is sealed stays");
        let bare = composed(other, &world, world.items[1]).await;
        post(other, &format!("{bare}/propose_seal")).await.expect(200);
        let refused = send(other.request(Method::PUT, &format!("{bare}/tools")).json(&tools)).await;
        assert_eq!(refused.expect_problem(409), "wrong-state", "what was found ready stays, too");
        seal(&[other.clone(), one.clone()], &bare).await;
        assert!(opened(&app, &bare).await.tools.is_none());
        let learner = &world.candidates[0].client;
        let refused = send(learner.request(Method::PUT, &path).json(&tools)).await;
        assert_eq!(refused.expect_problem(403), "forbidden");
    }

    async fn the_store_itself_lets_nobody_seal_alone(app) {
        let world = World::draft(&app, 1).await;
        let paper = composed(&world.administrators[0], &world, world.items[0]).await;
        seal(&world.administrators, &paper).await;
        for change in ["sealed_by = proposed_by", "proposed_by = sealed_by"] {
            let refused = app.cx.db.write_journal(async |tx| {
                tx.execute_unprepared(&format!("UPDATE paper SET {change}")).await?;
                Ok(())
            });
            assert!(refused.await.is_err(), "{change}");
        }
    }

    async fn what_is_printed_is_noted_and_nothing_is_of_a_discarded_paper(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let paper = of_every_kind(&app, &author, &world).await;
        let prints = format!("{paper}/prints");
        let noted = printed(&app).await.len();
        for sheet in ["paper", "key", "scheme"] {
            is_pdf(other.post(&prints, &json!({ "sheet": sheet })).await, sheet);
        }
        post(one, &format!("{paper}/propose_seal")).await.expect(200);
        is_pdf(other.post(&prints, &json!({ "sheet": "key" })).await, "proposed");
        post(other, &format!("{paper}/seal")).await.expect(200);
        let refused = one.post(&prints, &json!({ "sheet": "scheme" })).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("启封"), "{refused}");
        open_paper(&world.administrators, &paper).await;
        is_pdf(one.post(&prints, &json!({ "sheet": "scheme" })).await, "sealed");
        assert_eq!(printed(&app).await.split_off(noted), ["paper", "key", "scheme", "key", "scheme"]);

        for stranger in [&world.marker, &world.candidates[0].client, &author] {
            let refused = stranger.post(&prints, &json!({ "sheet": "paper" })).await;
            assert_eq!(refused.expect_problem(403), "forbidden");
        }
        other.post(&prints, &json!({ "sheet": "answers" })).await.expect_problem(422);
        let spare = composed(one, &world, world.items[0]).await;
        one.post(&format!("{spare}/discard"), &json!({ "reason": "选错了题" })).await.expect(200);
        let refused = one.post(&format!("{spare}/prints"), &json!({ "sheet": "paper" })).await.expect(409);
        assert!(refused["detail"].as_str().unwrap().contains("已经作废"), "{refused}");
        assert_eq!(printed(&app).await.len(), noted + 5, "what was refused is no print");
    }

    async fn options_that_speak_of_the_others_stay_at_their_places(app) {
        let world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let text = "1. 对的是（　）\nA. 甲\nB. 乙\nC. 丙\nD. 以上都对\n答案：D";
        let item = item_of(&app, &author, &world, text).await;
        let paper = composed(&world.administrators[0], &world, item).await;
        seal(&world.administrators, &paper).await;
        assert_eq!(pinned(&app, &paper).await, [vec![3]]);
        let plain = format!("/api/v1/papers/{}", world.paper_id.as_str().unwrap());
        assert_eq!(pinned(&app, &plain).await, vec![Vec::<u16>::new(); 4]);
    }

    async fn parts_keep_their_order_and_what_belongs_together(app) {
        let world = World::draft(&app, 1).await;
        let items: Vec<_> = world.items.iter().map(|id| json!({ "item_id": id, "points": 200 })).collect();
        let part = |title: &str, blocks: &[u16], is_shuffled: bool| {
            json!({ "title": title, "instructions": "每题 2 分", "blocks": blocks, "is_shuffled": is_shuffled })
        };
        let paper = |parts: Value| {
            json!({ "course_id": world.course_id, "title": "Parts", "items": items, "sections": parts })
        };
        let composer = &world.administrators[0];
        for (parts, pointer, code) in [
            (json!([part("选择题", &[1, 1], true)]), "/sections", "wrong-value"),
            (json!([part(" ", &[4], true)]), "/sections/0/title", "required"),
            (json!([part("选择题", &[4], true), part("简答题", &[], true)]), "/sections/1/blocks", "required"),
        ] {
            let problem = composer.post("/api/v1/papers", &paper(parts)).await.expect(422);
            assert_eq!(problem["errors"][0]["pointer"], pointer);
            assert_eq!(problem["errors"][0]["code"], code);
        }
        let parts = json!([part("选择题", &[1, 2], true), part("简答题", &[1], false)]);
        let composed = composer.post("/api/v1/papers", &paper(parts.clone())).await.expect(201);
        let path = format!("/api/v1/papers/{}", composed["id"].as_str().unwrap());
        seal(&world.administrators, &path).await;
        open_paper(&world.administrators, &path).await;
        is_pdf(composer.post(&format!("{path}/prints"), &json!({ "sheet": "paper" })).await, "parts");

        let package = opened(&app, &path).await;
        assert_eq!(json!(package.sections), parts);
        assert_eq!(pinned(&app, &path).await.len(), 4, "who traces leaks is told the same");
        let orders: BTreeSet<_> = (0..20).map(|seed| package.shape().item_order(seed)).collect();
        assert_eq!(orders, BTreeSet::from([vec![0, 1, 2, 3], vec![1, 2, 0, 3]]));
    }

    async fn a_paper_is_tried_as_candidates_sit_it_and_without_its_keys(app) {
        let world = World::draft(&app, 1).await;
        let (composer, paper) = (&world.administrators[0], world.paper_id.as_str().unwrap());
        let path = format!("/api/v1/papers/{paper}");
        open_paper(&world.administrators, &path).await;
        let tried = post(composer, &format!("{path}/rehearsals")).await;
        assert_eq!(tried.headers["cache-control"], "no-store");
        let tried = tried.expect(200);
        assert!(!tried.to_string().contains(SECRET), "{tried}");
        let rehearsal: PaperRehearsal = serde_json::from_value(tried).unwrap();
        assert_eq!(rehearsal.package, opened(&app, &path).await, "it is what devices are given");
        let noted = audited(&app, "compose_paper").await;
        assert_eq!(noted.last().unwrap()["rehearsed_with"], rehearsal.seed);

        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let open = composed(composer, &world, item(&app, &author, &world).await).await;
        let again = post(composer, &format!("{open}/rehearsals")).await.expect(200);
        assert_eq!(again["package"]["items"].as_array().unwrap().len(), 1);
        composer.post(&format!("{open}/discard"), &json!({ "reason": "选错了题" })).await.expect(200);
        assert_eq!(post(composer, &format!("{open}/rehearsals")).await.expect_problem(409), "wrong-state");
        for stranger in [&world.marker, &world.candidates[0].client] {
            assert_eq!(post(stranger, &format!("{path}/rehearsals")).await.expect_problem(403), "forbidden");
        }
    }

    async fn each_paper_of_the_list_has_its_own_items_and_state(app) {
        let world = World::draft(&app, 1).await;
        let [one, _] = &world.administrators;
        let spare = one.post("/api/v1/papers", &paper_of(&world, world.items[0])).await.expect(201);
        let listed = listed(one, "").await;
        let told: Vec<_> = listed.iter().map(|paper| (&paper["items"], &paper["state"])).collect();
        assert_eq!(told, [(&json!(1), &json!("open")), (&json!(4), &json!("sealed"))]);
        assert_eq!(listed[0], spare);
        assert!(listed[1]["package_sha256"].is_string());
    }

    async fn papers_come_page_by_page_and_none_twice_though_newer_ones_come(app) {
        let world = World::draft(&app, 1).await;
        let [one, _] = &world.administrators;
        let mut made = vec![world.paper_id.clone()];
        for _ in 0..4 {
            let paper = one.post("/api/v1/papers", &paper_of(&world, world.items[0])).await.expect(201);
            made.insert(0, paper["id"].clone());
        }
        let ids = |papers: &[Value]| papers.iter().map(|paper| paper["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(&listed(one, "").await), made);
        assert_eq!(ids(&listed(one, "state=open").await), made[..4]);
        let first = one.get("/api/v1/papers?limit=2").await.expect(200);
        composed(one, &world, world.items[0]).await;
        let path = format!("/api/v1/papers?limit=200&cursor={}", first["next_cursor"].as_str().unwrap());
        let rest = one.get(&path).await.expect(200);
        assert_eq!((ids(rest["items"].as_array().unwrap()), &rest["next_cursor"]), (made[2..].to_vec(), &Value::Null));
        assert_eq!(one.get("/api/v1/papers?cursor=none").await.expect_problem(422), "invalid");
    }

    async fn of_two_who_seal_at_once_one_does(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let third = app.staff("kaowu-three", Role::ExamAdministrator, "33").await;
        let paper = composed(one, &world, world.items[0]).await;
        post(one, &format!("{paper}/propose_seal")).await.expect(200);
        let sealing = format!("{paper}/seal");
        let (first, second) = join(post(other, &sealing), post(&third, &sealing)).await;
        assert_eq!(first.expect(200), second.expect(200), "both are told of the one seal");
    }

    async fn what_was_written_anew_since_is_proposed_anew(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let item = item(&app, &author, &world).await;
        let paper = composed(one, &world, item).await;
        post(one, &format!("{paper}/propose_seal")).await.expect(200);
        revised(&app, &author, item).await;
        let problem = post(other, &format!("{paper}/seal")).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/items/0");
        assert_eq!(problem["errors"][0]["code"], "changed-since");

        let send_back = format!("{paper}/send_back");
        let empty = other.post(&send_back, &json!({ "reason": " " })).await.expect(422);
        assert_eq!(empty["errors"][0]["pointer"], "/reason");
        for reason in ["题目改过了", "另一个原因"] {
            let back = other.post(&send_back, &json!({ "reason": reason })).await.expect(200);
            assert_eq!((&back["state"], &back["proposed_by"]), (&json!("open"), &json!(null)));
            assert_eq!(back["sent_back_because"], "题目改过了", "the first reason stands");
        }
        assert_eq!(post(other, &format!("{paper}/seal")).await.expect_problem(409), "wrong-state");
        let sealed = seal(&world.administrators, &paper).await;
        assert_eq!(sealed["sent_back_because"], json!(null));
        let id = paper.rsplit('/').next().unwrap().parse().unwrap();
        let pinned = backend::papers::sealed_items(&app.cx, id).await.unwrap();
        assert_eq!((pinned[0].item_version, pinned[0].item.stem.as_str()), (2, "A better stem"));
        assert_eq!(pinned[0].scorer_version, SCORER_VERSION);
        execute(&app, "UPDATE paper_item SET scorer_version = NULL").await;
        let before = backend::papers::sealed_items(&app.cx, id).await.unwrap();
        assert_eq!(before[0].scorer_version, 1, "what was sealed before it was pinned is scored by the first");
        execute(&app, "UPDATE paper_item SET scorer_version = 9").await;
        let beyond = backend::papers::sealed_items(&app.cx, id).await.unwrap();
        assert!(beyond[0].score(None).is_err(), "nobody is scored by rules that were not pinned");
    }

    async fn who_wrote_an_item_has_no_part_in_its_papers(app) {
        let world = World::draft(&app, 1).await;
        let [one, other] = &world.administrators;
        let roles = [Role::ItemAuthor, Role::PaperHead].map(|role| RoleAt { role, place: Place::division("33") });
        let both = app.person("shuang", &roles).await;
        let item = item(&app, &both, &world).await;
        let problem = both.post("/api/v1/papers", &paper_of(&world, item)).await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], "/items/0/item_id");
        assert_eq!(problem["errors"][0]["code"], "own-item");

        let paper = composed(one, &world, item).await;
        assert_eq!(post(&both, &format!("{paper}/propose_seal")).await.expect_problem(409), "second-person-needed");
        post(one, &format!("{paper}/propose_seal")).await.expect(200);
        let problem = post(&both, &format!("{paper}/seal")).await.expect(409);
        assert!(problem["detail"].as_str().unwrap().contains("您命的题"), "{problem}");
        assert_eq!(post(&both, &format!("{paper}/rehearsals")).await.expect_problem(409), "second-person-needed");
        let print = both.post(&format!("{paper}/prints"), &json!({ "sheet": "paper" })).await;
        assert_eq!(print.expect_problem(409), "second-person-needed");
        post(other, &format!("{paper}/seal")).await.expect(200);
        let others = composed(&both, &world, world.items[0]).await;
        post(&both, &format!("{others}/propose_seal")).await.expect(200);
    }
}
