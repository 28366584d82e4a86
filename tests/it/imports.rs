//! The source is built in floors: no file imports, by whatever way round, one that imports it, and no folder either.
//!
//! A file imports the file in which a name is defined, and not those that hand it on. Tests inside of the source may import
//! what they like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::{Attribute, Expr, ExprLit, Item, Lit, UseTree, Visibility};

/// The roots of the packages, and a module that is known to import another, so that the test sees something.
const PACKAGES: [(&str, [&str; 2]); 8] = [
    ("gapwise/src/lib.rs", ["decode/by_layout", "decode/document"]),
    ("gapwise-derive/src/lib.rs", ["tagged", "attributes"]),
    ("src/lib.rs", ["documents/job_response", "resources/job"]),
    ("corpus/src/lib.rs", ["generator", "document"]),
    ("jobview-arrow/src/lib.rs", ["arrow_60/batches", "reader"]),
    ("capi/src/lib.rs", ["stream", "boundary"]),
    ("cli/src/main.rs", ["stats/collector", "totals"]),
    ("benches/support/lib.rs", ["workload", "contenders"]),
];

/// The names that lead to something from the root of a package.
type Names = Vec<String>;

/// What stands in the file of a module.
#[derive(Default)]
struct Module {
    /// Names that are defined elsewhere: as what, and where from.
    imported: BTreeMap<String, Names>,
    /// The same for names that others may use.
    handed_on: BTreeMap<String, Names>,
    /// Modules of which all is handed on.
    globs: Vec<Names>,
    /// The types and traits that are defined here.
    types: BTreeSet<String>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|what| what == "test")
    })
}

/// Adds the paths of a `use`, each with the name that it gives.
fn paths(tree: &UseTree, before: &[String], found: &mut Vec<(String, Names)>) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => paths(&path.tree, &with(&path.ident), found),
        UseTree::Name(name) if name.ident == "self" => {
            found.push((before.last().cloned().unwrap_or_default(), before.to_vec()));
        }
        UseTree::Name(name) => found.push((name.ident.to_string(), with(&name.ident))),
        UseTree::Rename(name) => found.push((name.rename.to_string(), with(&name.ident))),
        UseTree::Glob(_) => found.push(("*".to_owned(), before.to_vec())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| paths(tree, before, found)),
    }
}

/// What `#[path = "..."]` says of the module with this name.
fn named_file(item: &Item, name: &str) -> Option<String> {
    let Item::Mod(module) = item else { return None };
    let path = module.attrs.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let Expr::Lit(ExprLit { lit: Lit::Str(file), .. }) =
        &path.meta.require_name_value().ok()?.value
    else {
        return None;
    };
    (module.ident == name).then(|| file.value())
}

/// Reads the file of a module, and those of the modules in it.
fn read(file: &Path, folder: &Path, module: &[String], modules: &mut BTreeMap<Names, Module>) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    let child = |item: &Item| match item {
        Item::Mod(inner) if inner.content.is_none() && !is_test(&inner.attrs) => {
            Some(inner.ident.to_string())
        }
        _ => None,
    };
    let children: Vec<_> = parsed.items.iter().filter_map(child).collect();
    let mut read_module = Module::default();
    for item in &parsed.items {
        match item {
            Item::Use(import) if !is_test(&import.attrs) => {
                let mut found = Vec::new();
                paths(&import.tree, &[], &mut found);
                for (name, path) in found {
                    let Some(path) = from_root(&path, module, &children) else { continue };
                    match (&import.vis, &*name) {
                        (Visibility::Inherited, _) => {
                            read_module.imported.insert(name + &path.join("/"), path);
                        }
                        (_, "*") => read_module.globs.push(path),
                        _ => {
                            read_module.handed_on.insert(name, path);
                        }
                    }
                }
            }
            Item::Struct(item) => _ = read_module.types.insert(item.ident.to_string()),
            Item::Enum(item) => _ = read_module.types.insert(item.ident.to_string()),
            Item::Trait(item) => _ = read_module.types.insert(item.ident.to_string()),
            _ => {}
        }
    }
    modules.insert(module.to_vec(), read_module);
    for child in children {
        let inner = [module, std::slice::from_ref(&child)].concat();
        let (mut flat, nested) = (folder.join(format!("{child}.rs")), folder.join(&child));
        // A file that is a module of several others says where it is: beside them.
        if let Some(named) = parsed.items.iter().find_map(|item| named_file(item, &child)) {
            flat = file.with_file_name(named);
        }
        match flat.exists() {
            true => read(&flat, &nested, &inner, modules),
            false => read(&nested.join("mod.rs"), &nested, &inner, modules),
        }
    }
}

/// A path as it leads from the root, if it stays in the package.
fn from_root(path: &[String], module: &[String], children: &[String]) -> Option<Names> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match &*path[0] {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => Some([&module[..module.len() - ups], &path[ups..]].concat()),
        child if children.iter().any(|known| known == child) => Some([module, path].concat()),
        _ => None,
    }
}

/// The module in which is defined what a path leads to.
fn definition(path: &[String], modules: &BTreeMap<Names, Module>) -> Names {
    let depth = (0..=path.len()).rev().find(|&depth| modules.contains_key(&path[..depth]));
    let depth = depth.expect("the root is one");
    let Some(name) = path.get(depth) else { return path.to_vec() };
    let module = &modules[&path[..depth]];
    let of_glob = |glob: &&Names| modules.get(*glob).is_some_and(|all| all.types.contains(name));
    match (module.handed_on.get(name), module.globs.iter().find(of_glob)) {
        (Some(from), _) => definition(&[from, &path[depth + 1..]].concat(), modules),
        (None, Some(glob)) => glob.clone(),
        (None, None) => path[..depth].to_vec(),
    }
}

/// What leads from `from` back to it.
fn circle(from: &Names, imports: &BTreeMap<Names, BTreeSet<Names>>) -> Option<Vec<Names>> {
    let mut ways: Vec<Vec<Names>> = vec![vec![from.clone()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in imports.get(way.last()?).into_iter().flatten() {
            let longer = [&*way, std::slice::from_ref(next)].concat();
            if next == from {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

fn assert_in_floors(package: &str, imports: &BTreeMap<Names, BTreeSet<Names>>) {
    for from in imports.keys() {
        if let Some(way) = circle(from, imports) {
            let way: Vec<_> = way.iter().map(|module| module.join("/")).collect();
            panic!("{package}: a circle of imports, {}", way.join(" -> "));
        }
    }
}

#[test]
fn no_file_and_no_folder_imports_what_imports_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (package, [from, to]) in PACKAGES {
        let (file, mut modules) = (root.join(package), BTreeMap::new());
        read(&file, file.parent().expect("a folder"), &[], &mut modules);
        let (mut of_files, mut of_folders) = (BTreeMap::new(), BTreeMap::new());
        let mut add = |from: &Names, to: Names| {
            let folder = |module: &Names| module.first().cloned().into_iter().collect::<Names>();
            // What the root defines is below all.
            if !to.is_empty() && folder(from) != folder(&to) && !from.is_empty() {
                let all: &mut BTreeSet<_> = of_folders.entry(folder(from)).or_default();
                all.insert(folder(&to));
            }
            if *from != to {
                of_files.entry(from.clone()).or_insert_with(BTreeSet::new).insert(to);
            }
        };
        for (module, read) in &modules {
            for path in read.imported.values() {
                add(module, definition(path, &modules));
            }
        }
        let path = |text: &str| text.split('/').map(str::to_owned).collect::<Names>();
        assert!(of_files[&path(from)].contains(&path(to)), "{package}: {from} imports {to}");
        assert_in_floors(package, &of_files);
        assert_in_floors(package, &of_folders);
    }
}
