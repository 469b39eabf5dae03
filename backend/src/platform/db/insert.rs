//! Thousands of rows at once, in statements of few texts, the same on every store.

use crate::platform::error::AppResult;
use futures::future::join;
use sea_orm::{
    ConnectionTrait, EntityTrait, Iterable, ModelTrait, Statement,
    sea_query::{Expr, InsertStatement, OnConflict, Query},
};

/// Rows that one statement inserts at most. With as many columns as the widest table has, its parameters are a third
/// of those that a statement may have.
const ROWS: usize = 512;

/// What becomes of a row whose key is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The statement fails.
    Fails,
    /// The row that is there stays.
    Stays,
}

/// Inserts rows in their order; how many it inserted.
///
/// A store reads and plans each text anew and keeps it for the next time, so that a statement takes as many rows as a
/// power of two: a thousand lists of a thousand lengths are ten texts.
///
/// # Errors
/// If the store fails, or a key is taken that must not be.
pub async fn insert_rows<M: ModelTrait>(conn: &impl ConnectionTrait, rows: &[&M], taken: Taken) -> AppResult<u64> {
    let (backend, mut text) = (conn.get_database_backend(), (0, String::new()));
    let mut statements = parts(rows).map(|rows| {
        if text.0 != rows.len() {
            text = (rows.len(), backend.build(&statement::<M::Entity>(rows.len(), taken)).sql);
        }
        let values = rows.iter().flat_map(|row| columns::<M::Entity>().map(move |column| row.get(column)));
        Statement::from_sql_and_values(backend, text.1.as_str(), values)
    });
    let (mut inserted, mut next) = (0, statements.next());
    while let Some(insert) = next {
        // The next one is put together while the store works on this one.
        let (done, further) = join(conn.execute_raw(insert), async { statements.next() }).await;
        inserted += done?.rows_affected();
        next = further;
    }
    Ok(inserted)
}

fn columns<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    E::Column::iter()
}

/// The statement for so many rows, whatever stands in them.
fn statement<E: EntityTrait>(rows: usize, taken: Taken) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(E::default().table_ref()).columns(columns::<E>());
    for _ in 0..rows {
        insert.values_panic(columns::<E>().map(|_| Expr::val(0)));
    }
    if taken == Taken::Stays {
        insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    }
    insert
}

/// Parts of a list, each as long as a power of two, the longest first.
fn parts<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1 << rest.len().min(ROWS).checked_ilog2()?;
        let (part, further) = rest.split_at(length);
        rest = further;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_into_few_lengths_and_loses_nothing() {
        let rows: Vec<usize> = (0..1_500).collect();
        let lengths: Vec<usize> = parts(&rows).map(<[usize]>::len).collect();
        assert_eq!(lengths, [512, 512, 256, 128, 64, 16, 8, 4]);
        assert_eq!(parts(&rows).flatten().copied().collect::<Vec<_>>(), rows);
        assert_eq!(parts::<usize>(&[]).count(), 0);
    }
}
