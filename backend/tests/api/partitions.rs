//! The table that grows with answers is ready to be cut: docs/sql does so, and no code knows.

use crate::{
    exam_world::{Device, World},
    support::{Store, TestApp, behind},
};
use sea_orm::{ConnectionTrait, Statement};

/// What an operator runs.
const CUT: &str = include_str!("../../../docs/sql/partition-answers.sql");

#[actix_web::test]
async fn answers_go_on_when_their_table_is_cut_by_sitting() {
    let app = TestApp::start(Store::postgres().await).await;
    let world = World::armed(&app, 8).await.started(&app).await;
    let mut devices = Vec::new();
    for candidate in 0..8 {
        let mut device = Device::open(&world, candidate, 1, false).await;
        let before = device.answer(&world, 0, 1);
        device.send(&world, &[before]).await.expect(200);
        devices.push(device);
    }
    let conn = behind(&app).await;
    conn.execute_unprepared(CUT).await.unwrap();
    for device in &mut devices {
        let after = [device.answer(&world, 0, 0), device.answer(&world, 1, 2)];
        device.send(&world, &after).await.expect(200);
        device.send(&world, &after).await.expect(200);
        assert_eq!(world.stored(&app, device.candidate).await, 3);
        let receipt = device.submit(&world).await.expect(200);
        assert_eq!(receipt["digest"], device.digest());
    }
    let used = "SELECT COUNT(DISTINCT tableoid) FROM answer_entry";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), used)).await.unwrap().unwrap();
    let used: i64 = row.try_get_by_index(0).unwrap();
    assert!(used > 1, "eight sittings lie in {used} part");
    conn.close().await.unwrap();
}
