//! Items of the newer kinds from the pasted text to the result, and no key on the way to a candidate.

use crate::{
    exam_world::{DURATION_MIN, Device, World, approve, seal},
    real_questions::opened,
    support::{START, TestApp, db_tests, execute},
};
use backend::platform::markdown::render_item;
use serde_json::{Value, json};
use shared::{
    item_bank::{EssayLength, Item, ItemBody, ItemKind, Judgement, PartAnswers, Response, key_letters},
    papers::PaperPackage,
    rights::Role,
};

/// What a teacher pastes: one item of each kind.
pub(crate) const TEXT: &str = "\
1.（数值题）重力加速度约是多少？
答案：9.8 ± 0.1 m/s²
cm/s² = 0.01

2.（连线题）哪座城市是哪个省的省会？
答案：
浙江 -> 杭州
江苏 -> 南京
-> 合肥

3.（排序题）按时间先后排好。
答案：
辛亥革命
五四运动
中华人民共和国成立

4.（下拉选择题）浙江的省会是____，江苏的省会是____。
答案：
杭州 | 宁波
南京 | 苏州 | 无锡

5.（多选题）偶数有（　　）
A. 2
B. 3
C. 4
答案：AC

6.（表格选择题）它们是哪一类垃圾？
答案：
可回收物 | 有害垃圾 | 其他垃圾
旧报纸 -> 可回收物
废电池 -> 有害垃圾

7.（点选题）哪些成语写错了？[[按步就班]]、[[名副其实]]、[[再接再励]]。
答案：1、3

8.（判断改错题）浙江最大的河流是黄浦江。
答案：× 钱塘江 | 浙江

9.（作文题）写一封信，介绍你的家乡。
答案：
不少于 600 字
内容 60%：写出家乡的特点
语言 40%

10.（分步计算题）一辆汽车 2 小时行 120 千米，照这样的速度行 5 小时。
答案：
速度 40%：61 ± 1 千米/时
一共行的路程 60%：300 千米

11.（材料题）读短文：我的家乡在杭州，那里有西湖。
答案：
（1）40% 家乡在哪里？
A. 杭州
B. 宁波
C. 温州
答案：A
（2）30%（填空）家乡有____。
答案：西湖|西湖水
（3）30%（简答题）作者为什么喜欢家乡？
答案：写出一处风景即可
";

/// What each is worth, in hundredths.
const WORTH: i32 = 1_000;

/// An answer that is right but for half of the order and of the menus, a statement that is not put right, a result, and
/// the first question on the material, of whose last one a person judges.
fn answer(item: &Item) -> Response {
    match &item.body {
        ItemBody::Numeric { .. } => Response::Text("９７５ cm/s²".to_owned()),
        ItemBody::Matching { key, .. } | ItemBody::Matrix { key, .. } => {
            Response::Choices(key.iter().copied().map(Some).collect())
        }
        ItemBody::Ordering { key, .. } => Response::Ordered(vec![key[1], key[2], key[0]]),
        ItemBody::InlineChoice { key, .. } => Response::Choices(vec![Some(key[0]), None]),
        ItemBody::MultipleChoice { key, .. } | ItemBody::HotText { key, .. } => Response::Multiple(key.clone()),
        ItemBody::Correction { key, .. } => {
            Response::Judged(Judgement { is_right: *key, correction: "黄河".to_owned() })
        }
        ItemBody::Essay { .. } => Response::Text("我的家乡在杭州。".to_owned()),
        ItemBody::Calculation { .. } => Response::Blanks(vec!["60千米/时".to_owned(), "310 千米".to_owned()]),
        ItemBody::Composite { .. } => {
            let last = Response::Text("因为有西湖。".to_owned());
            let parts = vec![Response::Single(1), Response::Blanks(vec!["西湖".to_owned()]), last];
            Response::Parts(PartAnswers { parts })
        }
        body => panic!("{:?} was not pasted", body.kind()),
    }
}

/// The names of all properties in a document.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| [vec![name.as_str()], names(value)].concat()).collect()
        }
        Value::Array(values) => values.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// What a candidate's device gets is what is asked, in an order that tells nothing, and no key.
fn assert_tells_no_key(package: &PaperPackage, items: &[Item]) {
    let written = serde_json::to_value(package).unwrap();
    for name in [
        "key",
        "tolerance",
        "units",
        "factor",
        "rule",
        "rubric",
        "explanation",
        "accepted",
        "dimensions",
        "steps",
        "children",
        "body",
    ] {
        assert!(!names(&written).contains(&name), "{name}");
    }
    for (packaged, item) in package.items.iter().zip(items) {
        let (view, key) = (&packaged.view, key_letters(item));
        assert_eq!(view.kind, item.body.kind());
        match view.kind {
            ItemKind::Numeric => assert!(view.wants_unit && !written.to_string().contains("9.8"), "{key:?}"),
            ItemKind::Matching | ItemKind::Matrix => {
                assert_eq!((view.lefts_html.len(), view.options_html.len()), (2, 3))
            }
            ItemKind::HotText => assert_eq!((view.pieces_html.len(), view.options_html.len()), (4, 3)),
            ItemKind::Correction => assert!(!written.to_string().contains("钱塘江"), "{key:?}"),
            ItemKind::Essay => {
                assert_eq!(view.length, EssayLength { least: Some(600), most: None });
                assert!(!written.to_string().contains("家乡的特点"), "{key:?}");
            }
            ItemKind::Calculation => {
                assert_eq!((view.lefts_html.len(), view.blanks, view.wants_unit), (2, 2, true));
                assert!(!written.to_string().contains("300 千米"), "{key:?}");
            }
            ItemKind::Composite => {
                let parts: Vec<_> = view.parts.iter().map(|part| (part.percent, part.view.kind)).collect();
                let expected = [(40, ItemKind::SingleChoice), (30, ItemKind::FillIn), (30, ItemKind::ShortAnswer)];
                assert_eq!(parts, expected);
                assert!(["西湖水", "一处风景"].iter().all(|word| !written.to_string().contains(word)), "{key:?}");
                assert_eq!(packaged.pinned_parts, vec![Vec::<u16>::new(); 3], "the options of all are shuffled");
            }
            ItemKind::Ordering => assert_eq!(view.options_html.len(), key.len()),
            ItemKind::InlineChoice => {
                assert_eq!((view.pieces_html.len(), view.menus.as_slice()), (3, [2, 3].as_slice()))
            }
            _ => assert_eq!(view.options_html.len(), 3),
        }
    }
}

/// The essay that the marker claims, or the question on the material.
async fn claimed(world: &World, is_essay: bool) -> Value {
    let claims = format!("/api/v1/exam_sessions/{}/marking_claims", world.exam_session_id);
    let work = world.marker.post(&claims, &json!({})).await.expect(200);
    let mut tasks = work["tasks"].as_array().unwrap().iter();
    tasks.find(|task| (task["dimensions"] != json!([])) == is_essay).unwrap().clone()
}

/// The last question on the material is marked by itself: whoever does so reads the material and this one answer.
async fn mark_question(world: &World) {
    let task = claimed(world, false).await;
    let html = |name: &str| task[name].as_str().unwrap().to_owned();
    assert!(html("material_html").contains("我的家乡在杭州") && html("stem_html").contains("为什么"), "{task}");
    assert!(html("rubric_html").contains("一处风景"), "{task}");
    assert_eq!((&task["response"], &task["max_points"]), (&json!("因为有西湖。"), &json!(300)));
    let path = format!("/api/v1/marking_tasks/{}/mark", task["id"].as_str().unwrap());
    let wrong = world.marker.post(&path, &json!({ "points": 301 })).await.expect(422);
    assert_eq!(wrong["errors"][0]["code"], "out-of-range");
    world.marker.post(&path, &json!({ "points": 200 })).await.expect(204);
}

/// The essay gets its points by its dimensions and not otherwise, also after they were taken back.
async fn mark_essay(app: &TestApp, world: &World) {
    let task = claimed(world, true).await;
    let dimensions = json!([{ "name": "内容", "max_points": 600 }, { "name": "语言", "max_points": 400 }]);
    assert_eq!((&task["dimensions"], &task["length"]), (&dimensions, &json!({ "least": 600 })));
    assert!(task["rubric_html"].as_str().unwrap().contains("家乡的特点"), "{task}");
    let task = format!("/api/v1/marking_tasks/{}", task["id"].as_str().unwrap());
    let mark = async |points: i32, dimensions: &[i32]| {
        let body = json!({ "points": points, "dimensions": dimensions });
        world.marker.post(&format!("{task}/mark"), &body).await
    };
    let wrong: [(&[i32], &str, &str); 3] = [
        (&[], "/dimensions", "dimensions-missing"),
        (&[650, 50], "/dimensions/0", "out-of-range"),
        (&[350, 300], "/points", "other-sum"),
    ];
    for (dimensions, pointer, code) in wrong {
        let error = mark(700, dimensions).await.expect(422)["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
    }
    for _ in 0..2 {
        mark(700, &[400, 300]).await.expect(204);
    }
    assert_eq!(mark(700, &[300, 400]).await.expect_problem(409), "wrong-state");
    let head = app.staff("zuzhang", Role::MarkingHead, "33").await;
    let marked = format!("/api/v1/exam_sessions/{}/marked_responses", world.exam_session_id);
    let seen = head.get(&marked).await.expect(200)["items"][0].clone();
    assert_eq!((&seen["dimension_points"], &seen["task"]["rubric_html"]), (&json!([400, 300]), &json!("")));
    head.post(&format!("{task}/reopen"), &json!({ "reason": "字数不够" })).await.expect(204);
    claimed(world, true).await;
    mark(600, &[350, 250]).await.expect(204);
    let seen = head.get(&marked).await.expect(200)["items"][0].clone();
    assert_eq!((&seen["points"], &seen["dimension_points"]), (&json!(600), &json!([350, 250])));
}

/// The questions on materials that can be read of a photo, behind so many items, with how many options each shows.
async fn traced_parts(world: &World, items: usize) -> Vec<(Value, Value, usize)> {
    let path = format!("/api/v1/exam_sessions/{}/trace_items", world.exam_session_id);
    let shown = world.administrators[0].get(&path).await.expect(200);
    let parts = shown.as_array().unwrap().iter().skip(items);
    let part = |part: &Value| {
        let options = part["options_html"].as_array().unwrap().len();
        (part["paper_number"].clone(), part["part"].clone(), options)
    };
    parts.map(part).collect()
}

db_tests! {
    async fn every_kind_is_pasted_sealed_answered_and_scored(app) {
        let mut world = World::draft(&app, 1).await;
        let author = app.staff("zhou", Role::ItemAuthor, "33").await;
        let body = json!({ "course_id": world.course_id, "format": "chinese_text", "text": TEXT, "dry_run": false });
        let report = author.post("/api/v1/items/import", &body).await.expect(200);
        assert_eq!(report["errors"], json!([]));
        let items: Vec<Item> = serde_json::from_value(report["items"].clone()).unwrap();
        world.items = serde_json::from_value(report["stored"].clone()).unwrap();
        let look = format!("/api/v1/items/{}/views", world.items[0]);
        let looked = author.post(&look, &json!({})).await.expect(200);
        assert_eq!(looked["view"], serde_json::to_value(items[0].for_candidate(render_item)).unwrap());
        approve(&app, &world.items).await;

        let administrator = &world.administrators[0];
        let chosen: Vec<_> = world.items.iter().map(|id| json!({ "item_id": id, "points": WORTH })).collect();
        let paper = json!({ "course_id": world.course_id, "title": "Kinds", "items": chosen });
        let paper = administrator.post("/api/v1/papers", &paper).await.expect(201);
        seal(&world.administrators, &format!("/api/v1/papers/{}", paper["id"].as_str().unwrap())).await;
        let plan = json!({
            "title": "Kinds", "course_id": world.course_id, "paper_id": paper["id"],
            "starts_at": START.plus_s(60), "duration_min": DURATION_MIN,
        });
        let session = administrator.post("/api/v1/exam_sessions", &plan).await.expect(201);
        world.exam_session_id = session["id"].as_str().unwrap().parse().unwrap();
        let mut world = world.into_armed().await.started(&app).await;
        assert_tells_no_key(&opened(&app, &world, paper["id"].as_str().unwrap()).await, &items);

        assert_eq!(traced_parts(&world, items.len()).await, [(json!(11), json!(1), 3), (json!(11), json!(2), 0), (json!(11), json!(3), 0)]);
        execute(&app, "UPDATE paper_item SET pinned_parts = NULL").await;
        assert_eq!(traced_parts(&world, items.len()).await, [], "papers of before show them in their author's order");

        let mut device = Device::open(&world, 0, 1, false).await;
        let answers: Vec<_> = items.iter().enumerate().map(|(at, item)| {
            device.write(world.items[at], answer(item), u64::try_from(at + 1).unwrap() * 1_000)
        }).collect();
        device.send(&world, &answers).await.expect(200);
        device.submit(&world).await.expect(200);
        world.settle(&app).await;
        world.settle(&app).await;
        world.later(&app, i64::from(DURATION_MIN) * 60 + 700).await;
        world.settle(&app).await;
        mark_essay(&app, &world).await;
        mark_question(&world).await;
        world.step("release", 0).await.expect(200);
        assert_eq!(world.step("release", 1).await.expect(200)["state"], "published");
        let results = world.candidates[0].client.get("/api/v1/me/results").await.expect(200);
        assert_eq!(results[0]["score"], 8_000);
    }
}
