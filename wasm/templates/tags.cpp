#include "templates/tags.h"

namespace vitrine {
namespace {

using TagType = Tag::Type;

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool isOpening(TagType type) {
  return type == TagType::kSection || type == TagType::kInverted || type == TagType::kParent || type == TagType::kBlock;
}

class Reader {
 public:
  Reader(Source& source, List<Tag>& tags) : source_(source), text_(source.text), tags_(tags) {}

  bool read() {
    if (text_.size() > kMaxTemplateBytes)
      return source_.refuse(0, "template-too-large", "A template may have 128 KiB.");
    std::size_t at = 0;
    while (at < text_.size()) {
      std::size_t open = text_.find(open_, at);
      if (open == std::string_view::npos) open = text_.size();
      if (open > at) add(TagType::kText, at, text_.substr(at, open - at));
      if (open == text_.size()) break;
      if (!readTag(open, at)) return false;
    }
    if (!opened_.empty()) {
      const Tag& tag = tags_[opened_.back()];
      return source_.refuse(tag.at, "tag-unclosed", "{{%}} is never closed.", tag.text);
    }
    findStandalone();
    return true;
  }

 private:
  Tag& add(TagType type, std::size_t at, std::string_view text) {
    Tag& tag = tags_.emplace_back();
    tag.type = type;
    tag.at = at;
    tag.text = text;
    return tag;
  }

  // Reads the tag at `open` and sets `at` to the offset after it.
  bool readTag(std::size_t open, std::size_t& at) {
    constexpr std::string_view kSigils = "&{#^></$!=";
    constexpr TagType kTypes[] = {TagType::kRaw,     TagType::kRaw,    TagType::kSection, TagType::kInverted,
                                  TagType::kPartial, TagType::kParent, TagType::kClose,   TagType::kBlock,
                                  TagType::kComment, TagType::kComment};
    std::size_t begin = open + open_.size();
    // A blank may stand before the sigil.
    const std::size_t sigilAt = text_.find_first_not_of(" \t\r\n", begin);
    const char sigil = sigilAt == std::string_view::npos ? ' ' : text_[sigilAt];
    const std::size_t which = kSigils.find(sigil);
    TagType type = TagType::kValue;
    Text ending(close_);
    if (which != std::string_view::npos) {
      type = kTypes[which];
      begin = sigilAt + 1;
      if (sigil == '{') ending.insert(0, "}");
      if (sigil == '=') ending.insert(0, "=");
    }
    const std::size_t end = text_.find(ending, begin);
    if (end == std::string_view::npos)
      return source_.refuse(open, "tag-unclosed", "The tag that begins here has no end.");
    at = end + ending.size();
    std::string_view name = trimmed(text_.substr(begin, end - begin));
    if (sigil == '=') {
      add(type, open, {});
      return setDelimiters(name, open);
    }
    if (type != TagType::kComment && name.empty()) return source_.refuse(open, "tag-empty", "A tag needs a name.");
    if (tags_.size() > 10000) return source_.refuse(open, "template-too-large", "A template may have 10000 tags.");
    add(type, open, name);
    if (type == TagType::kClose) return closeTag(name, open);
    if (isOpening(type)) {
      if (opened_.size() == kMaxTemplateDepth)
        return source_.refuse(open, "template-too-deep", "Sections may be 32 deep.");
      opened_.push_back(tags_.size() - 1);
    }
    return true;
  }

  bool setDelimiters(std::string_view pair, std::size_t at) {
    const std::size_t gap = pair.find_first_of(" \t\r\n");
    const std::string_view open = pair.substr(0, gap);
    const std::string_view close = gap == std::string_view::npos ? std::string_view() : trimmed(pair.substr(gap));
    if (open.empty() || close.empty() || close.find_first_of(" \t\r\n=") != std::string_view::npos ||
        open.find('=') != std::string_view::npos)
      return source_.refuse(at, "delimiters", "New delimiters are written {{=<% %>=}}.");
    open_ = open;
    close_ = close;
    return true;
  }

  bool closeTag(std::string_view name, std::size_t at) {
    if (opened_.empty()) return source_.refuse(at, "tag-unopened", "{{/%}} closes nothing.", name);
    const std::size_t opening = opened_.back();
    if (tags_[opening].text != name) {
      return source_.refuse(at, "tag-mismatched", "{{/%}} where {{/%}} is expected.", name, tags_[opening].text);
    }
    opened_.pop_back();
    tags_[opening].partner = tags_.size() - 1;
    tags_.back().partner = opening;
    return true;
  }

  bool isBlank(std::size_t index) const {
    return tags_[index].type == TagType::kText &&
           tags_[index].text.find_first_not_of(kBlanks) == std::string_view::npos;
  }

  bool isInheritance(const Tag& tag) const {
    const TagType type = tag.type == TagType::kClose ? tags_[tag.partner].type : tag.type;
    return type == TagType::kParent || type == TagType::kBlock;
  }

  // Returns whether a run of tags takes its line with it. A run is tags on one line with only blanks between them, from
  // `first` to `last`.
  bool takesLine(std::size_t first, std::size_t last) const {
    const Tag& tag = tags_[last];
    if (first == last) return tag.type != TagType::kValue && tag.type != TagType::kRaw;
    for (std::size_t i = first; i <= last; ++i) {
      if (tags_[i].type != TagType::kText && !isInheritance(tags_[i])) return false;
    }
    // {{$block}}{{/block}} on a line of its own stays within that line: a replacement of the block has no line end.
    return tag.type != TagType::kClose || tags_[tag.partner].type == TagType::kParent || tag.partner < first;
  }

  // Finds the tags that stand alone on their lines.
  void findStandalone() {
    for (std::size_t first = 0; first < tags_.size(); ++first) {
      if (tags_[first].type == TagType::kText) continue;
      std::size_t last = first;
      for (std::size_t i = first + 1; i < tags_.size() && (tags_[i].type != TagType::kText || isBlank(i)); ++i) {
        if (tags_[i].type != TagType::kText) last = i;
      }
      markRun(first, last);
      first = last;
    }
  }

  // Marks the tags of a run, and takes blanks and line ends from the text around it.
  void markRun(std::size_t first, std::size_t last) {
    Tag* before = first > 0 ? &tags_[first - 1] : nullptr;
    Tag* after = last + 1 < tags_.size() ? &tags_[last + 1] : nullptr;
    std::size_t lineAt = 0;  // where the line begins in `before`
    if (before) {
      const std::size_t newline = before->text.find_last_of('\n');
      const bool beginsLine = before->at == 0 || text_[before->at - 1] == '\n';
      if (newline == std::string_view::npos && !beginsLine) return;
      lineAt = newline == std::string_view::npos ? 0 : newline + 1;
      if (before->text.find_first_not_of(kBlanks, lineAt) != std::string_view::npos) return;
    }
    const std::string_view indent = before ? before->text.substr(lineAt) : std::string_view();
    std::size_t restAt = after ? after->text.find_first_not_of(kBlanks) : 0;
    bool isLineEnd = !after || restAt == std::string_view::npos;  // blanks to the end of the template
    if (restAt == std::string_view::npos) restAt = after->text.size();
    if (!isLineEnd && after->text.substr(restAt, 2) == "\r\n") ++restAt;
    if (!isLineEnd && after->text[restAt] == '\n') {
      ++restAt;
      isLineEnd = true;
    }
    Tag& head = tags_[first];
    if (isLineEnd && takesLine(first, last)) {
      for (std::size_t i = first; i <= last; ++i) {
        tags_[i].isStandalone = true;
        if (tags_[i].type == TagType::kText) tags_[i].text = {};
      }
      if (after) cut(*after, restAt, after->text.size() - restAt);
    } else if (head.type != TagType::kBlock) {
      return;
    }
    head.startsLine = true;
    head.indent = indent;
    if (before) cut(*before, 0, lineAt);
  }

  static void cut(Tag& tag, std::size_t from, std::size_t size) {
    tag.text = tag.text.substr(from, size);
    tag.at += from;
  }

  Source& source_;
  const std::string_view text_;
  List<Tag>& tags_;
  List<std::size_t> opened_;
  std::string_view open_ = "{{";
  std::string_view close_ = "}}";
};

}  // namespace

bool readTags(Source& source, List<Tag>& tags) { return Reader(source, tags).read(); }

bool Source::refuse(std::size_t at, const char* code, const char* message, std::string_view name,
                    std::string_view otherName) {
  problem = validationError("template", code, filled(message, name, otherName));
  problem->line = 1;
  problem->column = 1;
  for (const char c : text.substr(0, at)) {
    ++problem->column;
    if ((c & 0xC0) == 0x80) --problem->column;
    if (c != '\n') continue;
    ++problem->line;
    problem->column = 1;
  }
  return false;
}

}  // namespace vitrine
