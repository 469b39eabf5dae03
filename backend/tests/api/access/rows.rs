//! What no request makes: rows, and a photo.

use super::{things::Thing, world::SetUp};
use crate::{credit_bank::Bank, support::TestApp};
use backend::{
    access::{JobName, Permit},
    learning,
};
use image::{DynamicImage, ImageFormat};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use shared::{
    ids::{AccountId, ClassId, ProviderId},
    learning::ClassForm,
};
use std::io::Cursor;
use uuid::Uuid;

/// A class of a school that studies the course of the test.
pub(super) async fn open_class(app: &TestApp, (school, learner): (ProviderId, AccountId), bank: &Bank) -> ClassId {
    let permit = Permit::<SetUp>::for_job(JobName::SeedDemo, "class".to_owned());
    let (cx, courses) = (&app.cx, [bank.world.course_id]);
    cx.db
        .write(&permit, async |tx| {
            let class = learning::open_class(cx, tx, school, Thing::Class.mark(), ClassForm::Village, &courses).await?;
            learning::join_class(tx, class, learner).await?;
            Ok(class)
        })
        .await
        .unwrap()
}

/// A photo of a paper.
pub(super) fn photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(8, 8).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The id of some row.
pub(super) async fn any_id(app: &TestApp, table: &str) -> String {
    let conn = app.cx.db.read();
    let column = match conn.get_database_backend() {
        DbBackend::Sqlite => "hex(id)",
        _ => "CAST(id AS text)",
    };
    let statement =
        Statement::from_string(conn.get_database_backend(), format!("SELECT {column} FROM {table} LIMIT 1"));
    let row = conn.query_one_raw(statement).await.unwrap().unwrap();
    Uuid::parse_str(&row.try_get_by_index::<String>(0).unwrap()).unwrap().to_string()
}
