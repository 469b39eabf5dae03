//! A lesson that is heavy on a phone is named to its author.

use crate::{
    learning::{UNIT, content, created, put},
    support::{TestApp, behind, db_tests},
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, Query},
};
use serde_json::{Value, json};
use shared::{learning::HEAVY_LESSON_BYTES, media::picture_path, rights::Role};

/// A picture of so many bytes, as if somebody had added it.
async fn add_picture(app: &TestApp, sha256: &str, bytes: usize) {
    let row: [(&str, sea_orm::Value); 6] = [
        ("sha256", sha256.into()),
        ("media_type", "image/jpeg".into()),
        ("content", vec![0_u8; bytes].into()),
        ("width", 10.into()),
        ("height", 10.into()),
        ("added_at", 1_i64.into()),
    ];
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let mut query = Query::insert();
    query.into_table("picture").columns(columns).values_panic(values.into_iter().map(Expr::value));
    behind(app).await.execute(&query).await.unwrap();
}

fn lesson(body: &str) -> Value {
    let mut content = content(UNIT);
    content["modules"][0]["units"][0]["body"] = json!(body);
    content
}

db_tests! {
    async fn a_lesson_above_three_megabytes_is_named(app) {
        let author = app.staff("wang", Role::Teacher, "33").await;
        let id = created(&author, "GYW01").await;
        let heavy = usize::try_from(HEAVY_LESSON_BYTES).unwrap();
        let [first, second] = ["a", "b"].map(|digit| digit.repeat(64));
        add_picture(&app, &first, heavy - 2_000).await;
        add_picture(&app, &second, 2_000).await;
        let one = format!("![图]({})", picture_path(&first));
        let light = put(&author, &id, "\"1\"", &lesson(&one)).await.expect(200);
        assert_eq!(light["heavy"], json!([]));
        let both = format!("{one}![图]({})", picture_path(&second));
        let saved = put(&author, &id, "\"2\"", &lesson(&both)).await.expect(200);
        assert_eq!(saved["heavy"][0]["unit_id"], json!(UNIT));
        assert!(saved["heavy"][0]["bytes"].as_u64().unwrap() > HEAVY_LESSON_BYTES);
    }
}
