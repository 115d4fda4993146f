//! The cairn: the small mark, and the three stones on their hills for the welcome page.

use std::f32::consts::PI;

use egui::epaint::{CubicBezierShape, Mesh};
use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{self, Palette};

/// The mark, `side` points wide and high.
pub fn mark(ui: &mut Ui, side: f32) -> Response {
    let p = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Cairn"));
    paint_mark(ui.painter(), rect, p.accent);
    response
}

/// Paints the mark in a square.
pub fn paint_mark(painter: &Painter, rect: Rect, colour: Color32) {
    let stones: [&[[f32; 2]]; 3] = [
        &[
            [12.2, 5.6],
            [13.2, 3.7],
            [15.2, 3.0],
            [17.0, 3.3],
            [19.0, 3.6],
            [20.4, 4.9],
            [20.6, 6.5],
            [20.8, 8.4],
            [18.9, 9.6],
            [16.3, 9.6],
            [13.5, 9.6],
            [11.1, 7.7],
            [12.2, 5.6],
        ],
        &[
            [7.9, 15.3],
            [8.5, 12.8],
            [11.5, 11.2],
            [15.5, 11.1],
            [20.0, 11.0],
            [23.7, 12.5],
            [24.3, 15.0],
            [24.9, 17.6],
            [21.2, 19.1],
            [16.3, 19.2],
            [11.2, 19.3],
            [7.3, 17.9],
            [7.9, 15.3],
        ],
        &[
            [3.6, 25.0],
            [4.1, 21.9],
            [8.8, 20.3],
            [15.6, 20.3],
            [22.6, 20.3],
            [28.1, 22.0],
            [28.6, 25.0],
            [29.0, 27.9],
            [24.0, 29.4],
            [16.0, 29.4],
            [8.0, 29.4],
            [3.2, 27.9],
            [3.6, 25.0],
        ],
    ];
    let place = |point: [f32; 2]| {
        rect.min + vec2(point[0] * rect.width() / 32.0, point[1] * rect.height() / 32.0)
    };
    for stone in stones {
        let path = curve(&stone.iter().copied().map(place).collect::<Vec<_>>());
        painter.add(egui::Shape::convex_polygon(path, colour, Stroke::NONE));
    }
}

/// Height of the scene for a width of 600.
const SCENE: egui::Vec2 = vec2(600.0, 452.0);

/// Where the three labels of the scene stand, as left tops, from the top stone down. The scene
/// is 600 by 452 points and stands on the bottom left of `rect`; a smaller one is scaled.
pub fn scene(painter: &Painter, rect: Rect, p: &Palette) -> [Pos2; 3] {
    let scale = (rect.width() / SCENE.x).min(rect.height() / SCENE.y);
    let origin = rect.left_bottom() - vec2(0.0, SCENE.y * scale);
    let at = |x: f32, y: f32| origin + scale * vec2(x, y);
    hills(painter, Rect::from_min_max(pos2(rect.left(), origin.y), rect.max), p);
    for stone in STONES {
        paint_stone(painter, stone, &at, p);
    }
    let line = Stroke::new(1.5, p.text3);
    for (x, y, end) in [(270.0, 202.0, 352.0), (310.0, 276.0, 352.0), (336.0, 370.0, 352.0)] {
        painter.line_segment([at(x, y), at(end, y)], line);
        painter.circle_filled(at(x, y), 3.0, p.text3);
    }
    [at(372.0, 192.0), at(372.0, 268.0), at(372.0, 344.0)]
}

/// Paints the hills, drawn out to the width and height of `rect`. High contrast has none: words
/// may stand on them.
pub fn hills(painter: &Painter, rect: Rect, p: &Palette) {
    if theme::appearance(painter.ctx()).high_contrast {
        return;
    }
    let at = |[x, y]: [f32; 2]| rect.min + vec2(x, y) / SCENE * rect.size();
    for (points, colour) in [
        (
            [
                [0., 330.],
                [70., 292.],
                [118., 300.],
                [180., 262.],
                [242., 224.],
                [300., 218.],
                [368., 264.],
                [436., 310.],
                [508., 330.],
                [600., 290.],
            ],
            p.hover,
        ),
        (
            [
                [0., 384.],
                [90., 348.],
                [160., 366.],
                [250., 370.],
                [340., 374.],
                [460., 404.],
                [600., 352.],
                [600., 352.],
                [600., 352.],
                [600., 352.],
            ],
            p.line,
        ),
        (
            [
                [0., 420.],
                [120., 394.],
                [240., 406.],
                [340., 410.],
                [440., 414.],
                [520., 416.],
                [600., 398.],
                [600., 398.],
                [600., 398.],
                [600., 398.],
            ],
            p.line_strong,
        ),
    ] {
        let ridge = curve(&points.map(|point: [f32; 2]| at(point)));
        hill(painter, &ridge, rect.bottom(), rect.right(), colour);
    }
}

struct Stone {
    layer: crate::model::Layer,
    body: [[f32; 2]; 13],
    top: [[f32; 2]; 13],
    degrees: f32,
    pivot: [f32; 2],
}

const STONES: [Stone; 3] = [
    Stone {
        layer: crate::model::Layer::Private,
        body: [
            [64., 384.5],
            [66.64, 341.],
            [130., 322.],
            [203.92, 322.],
            [277.84, 322.],
            [326.68, 347.],
            [328., 381.],
            [329.32, 412.],
            [269.92, 422.],
            [190.72, 422.],
            [111.52, 422.],
            [61.36, 415.],
            [64., 384.5],
        ],
        top: [
            [64., 382.],
            [66.64, 341.],
            [130., 322.],
            [203.92, 322.],
            [277.84, 322.],
            [326.68, 347.],
            [328., 378.],
            [301.6, 398.],
            [235.6, 397.],
            [182.8, 393.],
            [130., 389.],
            [90.39, 397.],
            [64., 382.],
        ],
        degrees: 1.0,
        pivot: [196., 372.],
    },
    Stone {
        layer: crate::model::Layer::Shared,
        body: [
            [106., 286.5],
            [107.96, 249.96],
            [155., 234.],
            [209.88, 234.],
            [264.76, 234.],
            [301.02, 255.],
            [302., 283.56],
            [302.98, 309.6],
            [258.88, 318.],
            [200.08, 318.],
            [141.28, 318.],
            [104.04, 312.12],
            [106., 286.5],
        ],
        top: [
            [106., 284.4],
            [107.96, 249.96],
            [155., 234.],
            [209.88, 234.],
            [264.76, 234.],
            [301.02, 255.],
            [302., 281.04],
            [282.4, 297.84],
            [233.4, 297.],
            [194.2, 293.64],
            [155., 290.28],
            [125.6, 297.],
            [106., 284.4],
        ],
        degrees: -2.0,
        pivot: [204., 276.],
    },
    Stone {
        layer: crate::model::Layer::Arcp,
        body: [
            [138., 208.],
            [139.2, 180.16],
            [168., 168.],
            [201.6, 168.],
            [235.2, 168.],
            [257.4, 184.],
            [258., 205.76],
            [258.6, 225.6],
            [231.6, 232.],
            [195.6, 232.],
            [159.6, 232.],
            [136.8, 227.52],
            [138., 208.],
        ],
        top: [
            [138., 206.4],
            [139.2, 180.16],
            [168., 168.],
            [201.6, 168.],
            [235.2, 168.],
            [257.4, 184.],
            [258., 203.84],
            [246., 216.64],
            [216., 216.],
            [192., 213.44],
            [168., 210.88],
            [150., 216.],
            [138., 206.4],
        ],
        degrees: 3.0,
        pivot: [198., 200.],
    },
];

/// Paints the recovery sheet leaning on its stone, on hills. Drawn for 400 by 400 points on the
/// bottom left of `rect`; a smaller one is scaled.
pub fn sheet(painter: &Painter, rect: Rect, p: &Palette) {
    const SIDE: f32 = 400.0;
    const BODY: [[f32; 2]; 13] = [
        [120., 366.],
        [122., 316.],
        [166., 296.],
        [222., 296.],
        [278., 296.],
        [316., 320.],
        [318., 356.],
        [319., 384.],
        [276., 392.],
        [216., 392.],
        [156., 392.],
        [118., 388.],
        [120., 366.],
    ];
    const TOP: [[f32; 2]; 13] = [
        [120., 362.],
        [122., 316.],
        [166., 296.],
        [222., 296.],
        [278., 296.],
        [316., 320.],
        [318., 352.],
        [298., 370.],
        [250., 368.],
        [208., 364.],
        [166., 360.],
        [140., 370.],
        [120., 362.],
    ];
    let scale = (rect.width() / SIDE).min(rect.height() / SIDE);
    let origin = rect.left_bottom() - vec2(0.0, SIDE * scale);
    hills(painter, Rect::from_min_max(origin, rect.max), p);
    let turned = |degrees: f32, [px, py]: [f32; 2]| {
        let (sin, cos) = (degrees * PI / 180.0).sin_cos();
        move |[x, y]: [f32; 2]| {
            let (x, y) = (x - px, y - py);
            origin + scale * vec2(px + x * cos - y * sin, py + x * sin + y * cos)
        }
    };
    paint_paper(painter, &turned(-4.0, [160., 200.]), p);
    let turn = turned(-2.0, [220., 344.]);
    let body = curve(&BODY.map(&turn));
    painter.add(egui::Shape::convex_polygon(body, p.text2, Stroke::NONE));
    fill(painter, &curve(&TOP.map(&turn)), p.text3);
}

fn paint_paper(painter: &Painter, turn: &impl Fn([f32; 2]) -> Pos2, p: &Palette) {
    const WIDTHS: [f32; 5] = [34., 28., 36., 30., 34.];
    let bar = |x: f32, y: f32, width: f32, height: f32, colour: Color32, edge: Stroke| {
        let corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
        let corners = corners.map(turn).to_vec();
        painter.add(egui::Shape::convex_polygon(corners, colour, edge));
    };
    let line = p.line_strong;
    bar(66., 90., 176., 184., line, Stroke::NONE);
    bar(62., 84., 176., 184., p.raised, Stroke::new(1.0, line));
    bar(82., 104., 96., 9., p.text2, Stroke::NONE);
    bar(82., 121., 132., 5., line, Stroke::NONE);
    for (column, x) in [86., 140., 188.].into_iter().enumerate() {
        for row in 0..6 {
            let width = WIDTHS[(row + 2 * column) % WIDTHS.len()];
            bar(x, 146. + 17. * row as f32, width, 6., line, Stroke::NONE);
        }
    }
}

fn paint_stone(painter: &Painter, stone: Stone, at: &impl Fn(f32, f32) -> Pos2, p: &Palette) {
    let look = super::layer::look(stone.layer, p);
    let (sin, cos) = (stone.degrees * PI / 180.0).sin_cos();
    let [px, py] = stone.pivot;
    let turn = |[x, y]: [f32; 2]| {
        let (x, y) = (x - px, y - py);
        at(px + x * cos - y * sin, py + x * sin + y * cos)
    };
    let body = curve(&stone.body.map(turn));
    painter.add(egui::Shape::convex_polygon(body, look.ink, Stroke::NONE));
    fill(painter, &curve(&stone.top.map(turn)), look.edge);
}

/// A chain of cubic curves as points: start, then two controls and an end for each.
fn curve(points: &[Pos2]) -> Vec<Pos2> {
    let mut path = Vec::new();
    for part in points.windows(4).step_by(3) {
        if let [a, b, c, d] = *part {
            let flat = CubicBezierShape::from_points_stroke(
                [a, b, c, d],
                false,
                Color32::TRANSPARENT,
                Stroke::NONE,
            )
            .flatten(Some(0.15));
            path.extend(flat.into_iter().skip(usize::from(!path.is_empty())));
        }
    }
    path
}

/// Fills the ground between a ridge and the bottom.
fn hill(painter: &Painter, ridge: &[Pos2], bottom: f32, right: f32, colour: Color32) {
    let mut mesh = Mesh::default();
    let end = ridge.last().map(|last| pos2(right, last.y));
    for (index, point) in ridge.iter().copied().chain(end).enumerate() {
        mesh.colored_vertex(point, colour);
        mesh.colored_vertex(pos2(point.x, bottom), colour);
        if index > 0 {
            let corner = 2 * index as u32;
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
    }
    painter.add(mesh);
}

/// Fills a shape that is not convex but has one top and one bottom at each x.
fn fill(painter: &Painter, path: &[Pos2], colour: Color32) {
    let centre = pos2(
        path.iter().map(|point| point.x).sum::<f32>() / path.len() as f32,
        path.iter().map(|point| point.y).sum::<f32>() / path.len() as f32,
    );
    let mut mesh = Mesh::default();
    mesh.colored_vertex(centre, colour);
    for point in path {
        mesh.colored_vertex(*point, colour);
    }
    for corner in 1..path.len() as u32 {
        mesh.add_triangle(0, corner, corner + 1);
    }
    painter.add(mesh);
    painter.add(egui::Shape::line(path.to_vec(), Stroke::new(1.0, colour)));
}
