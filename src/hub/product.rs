//! `product.list`: what requests and subscriptions are about.

use super::{Query, Reading, Route};
use crate::domain::partner::Family;
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadProducts;
use crate::store::sqlite::ProductLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the products of the catalogue, which is nobody's own.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this family.
    pub family: Option<Family>,
}

impl Query for List {
    const NAME: &'static str = "product.list";
    const ROUTE: Route = Route::get("/products");
    type Needs = ReadProducts;
    type Answer = Vec<ProductLine>;

    fn answer(&self, at: &Reading<'_, ReadProducts>) -> Result<Vec<ProductLine>> {
        at.products(self.family)
    }
}

impl Tabular for ProductLine {
    const SCHEMA: &'static str = "product.list/1";
    const COLUMNS: &'static [Column] = &[
        col("product"),
        col("family"),
        col("publisher"),
        col("services"),
        col("link").quiet(),
        col("mail").quiet(),
        col("phone").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.name).into(),
            self.family.map(|family| family.word().to_owned()).into(),
            (&self.publisher).into(),
            self.services.clone().into(),
            (&self.link).into(),
            (&self.mail).into(),
            (&self.phone).into(),
        ]
    }
}
