//! The proof of delivery as a page.

use crate::harness::{Sandbox, repository};

const PAGE: [&str; 6] = ["export", "cpod", "-o", "html", "--as-of", "2026-11-21"];

fn demo() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok([
        "import",
        repository("examples/hub").to_str().unwrap(),
        "--yes",
        "-q",
    ]);
    sandbox
}

/// Rules: K-13 E-5 E-7
#[test]
fn the_page_shows_the_figures_of_the_report() {
    let page = demo().ok(PAGE);
    for text in [
        "Tatranská energetika, a.s.",
        "Officine Lombarde S.p.A.",
        "412.5",
        "12.5 over",
        "103.13 %",
        "over-used",
        "used up",
    ] {
        assert!(page.contains(text), "{text} is not on the page");
    }
}

/// Rules: K-13 K-15
#[test]
fn the_page_is_one_file_without_a_network_and_the_same_bytes_each_time() {
    let hub = demo();
    let page = hub.ok(PAGE);
    for sign in ["<script", "src=\"http", "href=\"http", "@import", "url(http"] {
        assert!(!page.contains(sign), "{sign} is on the page");
    }
    assert!(
        page.contains("@page") && page.contains("<svg"),
        "not made for print, or without charts"
    );
    assert!(
        page == hub.ok(PAGE),
        "the same store and options gave other bytes"
    );
}

/// Rules: K-13 K-16
#[test]
fn a_hostile_text_stays_a_text() {
    let hub = Sandbox::new();
    hub.write(
        "in/customers.csv",
        "customer,name\nC1,<script>alert(1)</script> & co\n",
    );
    hub.write(
        "in/contracts.csv",
        "contract,customer,kind,start,end\n012345678,C1,unified,2026-01-01,2026-12-31\n",
    );
    hub.write(
        "in/schedules.csv",
        "schedule,contract,kind,start,end\n9000000001,012345678,base,2026-01-01,2026-12-31\n",
    );
    hub.write("in/packages.csv", "package,schedule,name,kind,start,end\nP-1,9000000001,\"\"\"><img src=x>\",enterprise-wide,2026-01-01,2026-12-31\n");
    hub.write("in/entitlements.csv", "entitlement,package,service,category,allowance,quantity,unit,description\nE-1,P-1,advisory,consumable,limited,10,hours,<b>Advice</b>\n");
    hub.ok(["import", "in", "--yes"]);
    let page = hub.ok(PAGE);
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"),
        "{page}"
    );
    assert!(
        !page.contains("<script>") && !page.contains("<img") && !page.contains("<b>Advice"),
        "{page}"
    );
}

/// Rules: K-13
#[test]
fn an_empty_store_gives_a_page_too() {
    let page = Sandbox::new().ok(PAGE);
    assert!(page.trim_end().ends_with("</html>"), "{page}");
}
