// Keeps the latest report of each frame, by the frame's origin (report.js sends it).
window.reports = {};
addEventListener('message', ({ origin, data }) => {
  reports[origin] = data;
});
