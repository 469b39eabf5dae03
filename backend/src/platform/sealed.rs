//! Columns of sealed bytes, and how they follow a newer key: row by row, in the order of their keys.
//!
//! The owner of a table says by a [`SealedColumn`] what its bytes are bound to; the statements are the same for all.

use super::{
    Services,
    crypto::{KeyId, key_of_bytes},
    error::AppResult,
};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Condition, Expr, Order, Query},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows of small values that are looked at together.
pub const SMALL_ROWS: u64 = 500;
/// Rows of photos and files that are looked at together: each may be some megabytes.
pub const LARGE_ROWS: u64 = 4;

/// A column of sealed bytes.
#[derive(Clone, Copy, Debug)]
pub struct SealedColumn {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The id in the key of the table.
    pub id: &'static str,
    /// The number beside the id in the key of the table, if several rows have one id.
    pub number: Option<&'static str>,
    /// What the bytes of a row are bound to.
    pub bound_to: fn(SealedRow) -> String,
    /// How long a value is that lies open, if programs of the time before the column was sealed wrote such. It counts
    /// for nothing, and is taken away when a newer key comes.
    pub open_len: Option<usize>,
    /// Rows that are looked at together.
    pub rows: u64,
}

/// A row of a table with sealed bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedRow {
    /// Its id.
    pub id: Uuid,
    /// Its number beside the id; 0 if it has none.
    pub number: i32,
}

impl SealedColumn {
    /// Seals the bytes after `after` by the newest key, and takes away what lies open: how many it changed, and the last
    /// row it looked at.
    ///
    /// # Errors
    /// If they do not open, or the store fails.
    pub async fn renew_after(
        &self,
        cx: &Services,
        conn: &impl ConnectionTrait,
        after: SealedRow,
    ) -> AppResult<(u64, Option<SealedRow>)> {
        let rows = self.list_after(conn, after).await?;
        let mut renewed = 0;
        for (row, sealed) in &rows {
            let anew = match self.lies_open(sealed) {
                true => Some(Vec::new()),
                false => cx.keys.fields.renew_bytes(&(self.bound_to)(*row), sealed, &*cx.ids)?,
            };
            if let Some(anew) = anew {
                self.put(conn, *row, (sealed.as_slice(), anew)).await?;
                renewed += 1;
            }
        }
        Ok((renewed, rows.last().map(|(row, _)| *row)))
    }

    /// The keys of the bytes after `after`, and the last row that was looked at.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn keys_after(&self, cx: &Services, after: SealedRow) -> AppResult<(Vec<KeyId>, Option<SealedRow>)> {
        let rows = self.list_after(cx.db.read(), after).await?;
        let sealed = rows.iter().filter(|(_, bytes)| !self.lies_open(bytes));
        let keys = sealed.map(|(_, sealed)| key_of_bytes(sealed)).collect();
        Ok((keys, rows.last().map(|(row, _)| *row)))
    }

    /// How many of the first rows open by the keys that are here.
    ///
    /// # Errors
    /// If one of them does not, or the store fails.
    pub async fn open_first(&self, cx: &Services) -> AppResult<u64> {
        let rows = self.list_after(cx.db.read(), SealedRow::default()).await?;
        let mut opened = 0;
        for (row, sealed) in rows.iter().filter(|(_, bytes)| !self.lies_open(bytes)) {
            cx.keys.fields.open_bytes(&(self.bound_to)(*row), sealed)?;
            opened += 1;
        }
        Ok(opened)
    }

    /// Whether bytes were never sealed.
    fn lies_open(&self, bytes: &[u8]) -> bool {
        self.open_len == Some(bytes.len())
    }

    /// The next rows; those that hold nothing, because it was taken away or never came, are left out.
    async fn list_after(&self, conn: &impl ConnectionTrait, after: SealedRow) -> AppResult<Vec<(SealedRow, Vec<u8>)>> {
        let further = Expr::col(self.id).gt(after.id);
        let further = match self.number {
            None => Condition::all().add(further),
            Some(number) => {
                let same = Condition::all().add(Expr::col(self.id).eq(after.id));
                Condition::any().add(further).add(same.add(Expr::col(number).gt(after.number)))
            }
        };
        let mut query = Query::select();
        query.column(self.id).column(self.name).from(self.table).cond_where(further);
        query
            .and_where(Expr::col(self.name).is_not_null())
            .and_where(Expr::col(self.name).ne(Expr::value(Vec::<u8>::new())));
        query.order_by(self.id, Order::Asc).limit(self.rows);
        if let Some(number) = self.number {
            query.column(number).order_by(number, Order::Asc);
        }
        let rows = conn.query_all(&query).await?;
        let row = |row: &sea_orm::QueryResult| {
            let number = if self.number.is_some() { row.try_get_by_index(2)? } else { 0 };
            Ok((SealedRow { id: row.try_get_by_index(0)?, number }, row.try_get_by_index(1)?))
        };
        rows.iter().map(row).collect()
    }

    /// Puts the same bytes, sealed anew, or none in the place of those that were read, if they still are there.
    async fn put(&self, conn: &impl ConnectionTrait, row: SealedRow, (read, anew): (&[u8], Vec<u8>)) -> AppResult<()> {
        let mut update = Query::update();
        update.table(self.table).value(self.name, Expr::value(anew)).and_where(Expr::col(self.id).eq(row.id));
        update.and_where(Expr::col(self.name).eq(Expr::value(read.to_vec())));
        if let Some(number) = self.number {
            update.and_where(Expr::col(number).eq(row.number));
        }
        conn.execute(&update).await?;
        Ok(())
    }
}
