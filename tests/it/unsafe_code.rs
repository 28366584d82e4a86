//! `UNSAFE.md` lists the unsafe code of the library, of its engine, of what is derived and of the C interface, all of it and
//! no other, each with a test that is there. And the engine names no vendor.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// How much is unsafe in a place: what the second column of the table says.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    is_function: bool,
    is_trait_or_impl: bool,
    blocks: usize,
}

impl Amount {
    fn words(self) -> String {
        let blocks = match self.blocks {
            0 => None,
            1 => Some("1 block".to_owned()),
            blocks => Some(format!("{blocks} blocks")),
        };
        let function = self.is_function.then(|| "function".to_owned());
        let implementation = self.is_trait_or_impl.then(|| "promise".to_owned());
        [function, implementation, blocks].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Finds what is unsafe in a file.
#[derive(Default)]
struct Finder {
    file: String,
    /// The implementation and the function around.
    around: Vec<String>,
    found: BTreeMap<String, Amount>,
}

impl Finder {
    fn here(&mut self) -> &mut Amount {
        let place = format!("{} `{}`", self.file, self.around.join("::"));
        self.found.entry(place).or_default()
    }

    fn inside(&mut self, name: String, visit: impl FnOnce(&mut Self)) {
        self.around.push(name);
        visit(self);
        self.around.pop();
    }

    fn function(&mut self, signature: &syn::Signature, visit: impl FnOnce(&mut Self)) {
        self.inside(signature.ident.to_string(), |finder| {
            if signature.unsafety.is_some() {
                finder.here().is_function = true;
            }
            visit(finder);
        });
    }
}

impl<'a> Visit<'a> for Finder {
    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            syn::Type::Array(_) => Some("(array)".to_owned()),
            _ => None,
        };
        self.inside(name.unwrap_or_else(|| "(reference)".to_owned()), |finder| {
            if item.unsafety.is_some() {
                finder.here().is_trait_or_impl = true;
            }
            visit::visit_item_impl(finder, item);
        });
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        self.inside(item.ident.to_string(), |finder| {
            if item.unsafety.is_some() {
                finder.here().is_trait_or_impl = true;
            }
            visit::visit_item_trait(finder, item);
        });
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.function(&item.sig, |finder| visit::visit_item_fn(finder, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.function(&item.sig, |finder| visit::visit_impl_item_fn(finder, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        self.function(&item.sig, |finder| visit::visit_trait_item_fn(finder, item));
    }

    /// Unit tests are no part of the library.
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    /// What a macro says is unsafe, is so wherever it is used.
    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        if let Some(name) = &item.ident
            && has_unsafe(item.mac.tokens.clone())
        {
            self.inside(format!("{name}!"), |finder| finder.here().is_trait_or_impl = true);
        }
    }

    /// What is derived is unsafe where it is used.
    fn visit_macro(&mut self, item: &'a syn::Macro) {
        if item.path.is_ident("quote") && has_unsafe(item.tokens.clone()) {
            self.here().is_trait_or_impl = true;
        }
    }

    fn visit_expr_unsafe(&mut self, block: &'a syn::ExprUnsafe) {
        self.here().blocks += 1;
        visit::visit_expr_unsafe(self, block);
    }
}

fn has_unsafe(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_unsafe(group.stream()),
        TokenTree::Ident(name) => name == "unsafe",
        _ => false,
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(files_of(&path)),
            false => files.push(path),
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files
}

/// The unsafe code of all of these, without that of their tests.
fn found() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let folders = ["src", "gapwise/src", "gapwise-derive/src", "capi/src"];
    for path in folders.iter().flat_map(|folder| files_of(&root().join(folder))) {
        let file = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        if ["/tests.rs", "/sample.rs", "/fuzzing.rs"]
            .iter()
            .any(|of_tests| file.ends_with(of_tests))
        {
            continue;
        }
        let mut finder = Finder { file, ..Finder::default() };
        finder.visit_file(&syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap());
        found.extend(finder.found.into_iter().map(|(place, amount)| (place, amount.words())));
    }
    found
}

/// The rows of the tables in the list: place, amount, proof, tests.
fn rows(list: &str) -> impl Iterator<Item = [&str; 4]> {
    let tables = list.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Where"));
    tables.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        cells.try_into().expect(line)
    })
}

#[test]
fn all_unsafe_code_is_listed_with_a_proof_and_a_test() {
    let list = fs::read_to_string(root().join("UNSAFE.md")).unwrap();
    let rows: Vec<_> = rows(&list).collect();
    let listed: BTreeMap<String, String> =
        rows.iter().map(|[place, amount, ..]| (place.to_string(), amount.to_string())).collect();
    assert_eq!(listed.len(), rows.len(), "a place is listed twice");
    assert_eq!(listed, found());

    let folders = ["tests", "src", "gapwise", "gapwise-derive/tests", "capi/tests"];
    let tests = folders.iter().flat_map(|folder| files_of(&root().join(folder)));
    let tests: String = tests.map(|file| fs::read_to_string(file).unwrap()).collect();
    for [place, _, proof, run_by] in rows {
        assert!(proof.len() > 20, "{place} has no proof");
        let names = run_by.split('`').skip(1).step_by(2);
        assert!(names.clone().count() > 0, "{place} is run by no test");
        for name in names {
            assert!(tests.contains(&format!("fn {name}(")), "{place}: there is no test {name}");
        }
    }
}

#[test]
fn the_engine_names_no_vendor() {
    let words =
        ["klaviyo", "jobview", "profile-bulk", "import-error", "import_error", "jobresponse"];
    for folder in ["gapwise", "gapwise-derive/src"] {
        let manifest = root().join(folder).join("Cargo.toml");
        let manifest = manifest.exists().then_some(manifest);
        for file in files_of(&root().join(folder)).into_iter().chain(manifest) {
            let text = fs::read_to_string(&file).unwrap().to_lowercase();
            for word in words {
                assert!(!text.contains(word), "{word} in {}", file.display());
            }
        }
    }
}
