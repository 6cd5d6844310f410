;;; documents-export.el --- documents to pages  -*- lexical-binding: t -*-

;;; Commentary:

;; `org-publish' makes a page of each document, at its place under the site's folder, so that relative links stay as
;; they are; the images and files that are linked come along.  What is added:
;;   - no block is run, unless a document itself says :eval yes: a page shows the results that are recorded
;;   - anchors come from headings and from a counter, never from chance: the same documents give the same pages
;;   - a link to a file that has no page leads to #+repository of readme.org, where there is one
;;   - navigation, an index, one stylesheet; no request to another host, so formulas stay as they are written

;;; Code:

(require 'documents)
(require 'org-attach)
(require 'org-id)
(require 'ox-html)
(require 'ox-publish)

(defvar documents-site nil
  "The folder that the pages are written to, absolute.")

(defvar documents-pages nil
  "The documents that become pages, relative to the project, in the order of the navigation.")

(defvar documents-attached nil
  "The files that pages link to, relative to the project.")

(defvar documents-repository nil
  "The address, of #+repository in readme.org, of files that have no page; ends in a slash.")

(defconst documents-own-folder (file-name-directory (or load-file-name buffer-file-name))
  "Where this file, the stylesheet and the script of the pages are.")

(dolist (arguments '(org-babel-default-header-args org-babel-default-inline-header-args
                                                   org-babel-default-lob-header-args))
  (setf (alist-get :eval (symbol-value arguments)) "never-export"))

;; Where IDs are is looked for in the documents, and kept nowhere.
(setq org-id-track-globally t)
(remove-hook 'kill-emacs-hook #'org-id-locations-save)

(setq org-export-with-author nil
      org-export-time-stamp-file nil
      org-html-doctype "html5"
      org-html-html5-fancy t
      org-html-head-include-default-style nil
      org-html-htmlize-output-type 'css
      org-html-self-link-headlines t
      org-html-postamble nil
      org-html-preamble #'documents-navigation
      org-html-with-latex 'verbatim
      org-export-filter-final-output-functions '(documents-head)
      org-export-filter-parse-tree-functions '(documents-lead-links)
      org-export-before-parsing-hook '(documents-name-headings org-attach-expand-links)
      org-src-lang-modes (append '(("yaml" . conf-colon) ("toml" . conf-toml) ("dockerfile" . conf-space)
                                   ("rust" . c) ("go" . c) ("json" . js))
                                 org-src-lang-modes))

(defun documents-export ()
  "Make _site of the documents that the command line names, or of all; the old one stays until the new one is whole."
  (documents-main
   "export-html-host.sh" nil
   (lambda (_ files)
     (unless (require 'htmlize nil t)
       (documents-fail "htmlize is missing: install the package elpa-htmlize"))
     (let* ((aside (make-temp-file (documents-path ".site.") t))
            (state (make-temp-file "documents-" t))
            (org-publish-timestamp-directory (file-name-as-directory state))
            (org-id-locations-file (expand-file-name "ids" state)))
       (unwind-protect
           (progn
             (set-file-modes aside #o755)
             (setq documents-site (file-name-as-directory aside))
             (documents-publish files)
             (documents-replace aside (documents-path "_site")))
         (delete-directory state t)
         (when (file-directory-p aside) (delete-directory aside t)))
       (documents-say "export-html-host.sh: %d pages in _site" (length documents-pages))))))

(defun documents-replace (new folder)
  "Make NEW the FOLDER."
  (let ((old (concat new ".old")))
    (when (file-exists-p folder) (rename-file folder old))
    (rename-file new folder)
    (when (file-exists-p old) (delete-directory old t))))

(defun documents-publish (files)
  "Publish the FILES, but for those that are parts of others, what they link to, and an index."
  (setq documents-pages (sort (cl-set-difference files (mapcan #'documents-parts files) :test #'equal)
                              #'documents-before-p)
        documents-repository (and (file-exists-p (documents-path "readme.org"))
                                  (documents-keyword "readme.org" "REPOSITORY")))
  (unless documents-pages (documents-fail "there is no document here: no *.org"))
  (dolist (page documents-pages)
    (documents-in page
      (documents-name-headings)))
  (let ((inhibit-message t))
    (org-id-update-id-locations (mapcar #'documents-path documents-pages) t))
  (let ((project (list "pages" :base-directory documents-root :publishing-directory documents-site
                       :publishing-function #'org-html-publish-to-html))
        (org-publish-use-timestamps-flag nil))
    (dolist (page documents-pages)
      (documents-in page
        (condition-case failure
            (let ((inhibit-message t)) (org-publish-file buffer-file-name project))
          (user-error (documents-find page (cadr failure))
                      (signal (car failure) (cdr failure)))))
      (documents-say "exported %s" page))
    (unless (member "index.org" documents-pages) (documents-index)))
  (dolist (file (delete-dups documents-attached))
    (let ((place (expand-file-name file documents-site)))
      (unless (file-exists-p place)
        (org-publish-attachment nil (documents-path file) (file-name-directory place)))))
  (dolist (name '("style.css" "page.js"))
    (copy-file (expand-file-name name documents-own-folder) documents-site)))

(defun documents-find (file words)
  "Say for errors where FILE, as it is on disk, has the link that the WORDS of an error quote."
  (with-temp-buffer
    (insert-file-contents (documents-path file))
    (when (and (string-match "\"\\(.+\\)\"" words) (search-forward (match-string 1 words) nil t))
      (documents-at nil))))

(defun documents-parts (file)
  "The files that FILE includes or takes its settings from, relative to the project."
  (documents-in file
    (let ((case-fold-search t) parts)
      (while (re-search-forward "^[ \t]*#\\+\\(?:include\\|setupfile\\):[ \t]*\"?\\([^\":\n ]+\\)" nil t)
        (push (file-relative-name (expand-file-name (match-string-no-properties 1)) documents-root) parts))
      parts)))

(defun documents-before-p (one other)
  "Whether the document ONE is listed before the OTHER: the readme, the project's own folder, then the others."
  (let ((rank (lambda (file) (cond ((member file '("index.org" "readme.org" "README.org")) 0)
                                   ((file-name-directory file) 2)
                                   (t 1)))))
    (or (< (funcall rank one) (funcall rank other))
        (and (= (funcall rank one) (funcall rank other)) (string< one other)))))

(defun documents-keyword (file keyword)
  "The value of KEYWORD in FILE, or nil."
  (documents-in file (cadr (assoc keyword (org-collect-keywords (list keyword))))))

;;;; Anchors

(defun documents-name-headings (&optional _)
  "Give each heading of the current buffer that has no anchor one that is made of its text, or of its ID.
Begin the numbers of all other anchors anew."
  (random (or (buffer-file-name (buffer-base-buffer)) "a page"))
  (let (taken)
    (org-map-region (lambda () (push (org-entry-get nil "CUSTOM_ID") taken)) (point-min) (point-max))
    (org-map-region
     (lambda ()
       (unless (org-entry-get nil "CUSTOM_ID")
         (let* ((id (org-entry-get nil "ID"))
                (base (if id (concat "ID-" id) (documents-slug (org-get-heading t t t t))))
                (name base)
                (number 1))
           (while (member name taken)
             (setq name (format "%s-%d" base (cl-incf number))))
           (push name taken)
           (org-entry-put nil "CUSTOM_ID" name))))
     (point-min) (point-max))))

(defun documents-slug (heading)
  "HEADING as an anchor: lower case, dashes for all but letters and digits."
  (let ((slug (string-trim (replace-regexp-in-string "[^[:alnum:]]+" "-" (downcase heading)) "-+" "-+")))
    (if (string-empty-p slug) "section" slug)))

;;;; Links

(org-link-set-parameters
 "document-file"
 :export (lambda (path description _ _)
           (format "<a href=\"%s\">%s</a>" path (or description (format "<code>%s</code>" (url-unhex-string path))))))

(defun documents-lead-links (tree _ info)
  "Lead the links to files in TREE, a document whose export has INFO, to what there is of them on the site."
  (org-element-map tree 'link
    (lambda (link)
      (when (equal (org-element-property :type link) "file")
        (documents-lead-link link (plist-get info :input-file)))))
  tree)

(defun documents-lead-link (link page)
  "Lead LINK, to a file, which the file PAGE has."
  (let* ((path (org-element-property :path link))
         (absolute (expand-file-name path (file-name-directory page)))
         (file (file-relative-name absolute documents-root))
         (address (documents-address path)))
    (cond
     ((member file documents-pages)
      (documents-lead-into-page link file)
      (org-element-put-property link :path address))
     ((and (file-regular-p absolute) (file-in-directory-p absolute documents-root)
           (or (null documents-repository) (string-match-p (image-file-name-regexp) path)))
      (push file documents-attached)
      (org-element-put-property link :path address)
      (when (string-suffix-p ".org" path)
        (org-element-put-property link :type "document-file")))
     (t
      (if documents-repository
          (org-element-put-property link :path (concat documents-repository (documents-address file)))
        (documents-say "%s: the link to %s leads nowhere" (file-relative-name page documents-root) path))
      (org-element-put-property link :type "document-file")))))

(defun documents-lead-into-page (link file)
  "Lead LINK, to the document FILE, to the anchor that it names; refused where there is none."
  (let* ((option (org-element-property :search-option link))
         (anchor (and option (org-publish-resolve-external-link option (documents-path file) t))))
    (when (and anchor (string-prefix-p "#" option)
               (not (documents-in file (org-find-property "CUSTOM_ID" anchor))))
      (user-error "Unable to resolve link: %S" (org-element-property :raw-link link)))
    (when anchor (org-element-put-property link :search-option (concat "#" anchor)))))

(defun documents-address (path)
  "PATH as a part of an address."
  (mapconcat #'url-hexify-string (split-string path "/") "/"))

;;;; What is around a page

(defun documents-up (file)
  "The way from the page of FILE, absolute, to the site's folder."
  (mapconcat (lambda (_) "../") (cdr (split-string (file-relative-name file documents-root) "/")) ""))

(defun documents-head (html _ info)
  "HTML with the stylesheet and the script, for the document whose export has INFO."
  (let ((up (documents-up (plist-get info :input-file))))
    (replace-regexp-in-string
     "</head>"
     (format "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n<script src=\"%spage.js\" defer></script>\n\\&" up up)
     html)))

(defun documents-title (file)
  "The title of FILE, as text."
  (or (documents-keyword file "TITLE") (file-name-sans-extension file)))

(defun documents-project ()
  "The project's name: the title of its first page where that is a readme, or its folder's name."
  (if (string-match-p "\\`readme\\.org\\'" (car documents-pages))
      (documents-title (car documents-pages))
    (file-name-nondirectory (directory-file-name documents-root))))

(defun documents-navigation (info)
  "The line above the page of the document whose export has INFO: the index, the pages, the ones before and after."
  (let* ((here (file-relative-name (plist-get info :input-file) documents-root))
         (up (documents-up (plist-get info :input-file)))
         (anchor (lambda (page text &optional more)
                   (format "<a href=\"%s%s.html\"%s>%s</a>" up (documents-address (file-name-sans-extension page))
                           (or more "") (org-html-encode-plain-text text))))
         (pages documents-pages)
         (rest (member here pages))
         (before (and rest (car (last (butlast pages (length rest))))))
         (after (cadr rest)))
    (concat "<nav>" (funcall anchor "index" (documents-project)) "\n"
            (and (cdr pages) rest
                 (concat "<details><summary>Pages</summary><ul>\n"
                         (mapconcat (lambda (page)
                                      (format "<li>%s</li>\n"
                                              (funcall anchor page (documents-title page)
                                                       (and (equal page here) " aria-current=\"page\""))))
                                    pages "")
                         "</ul></details>\n"))
            (and before (funcall anchor before (concat "← " (documents-title before)) " rel=\"prev\""))
            (and after (funcall anchor after (concat (documents-title after) " →") " rel=\"next\""))
            "</nav>")))

(defun documents-index ()
  "Export a page that lists the others."
  (with-temp-buffer
    (insert (format "#+title: %s\n#+options: toc:nil\n\n" (documents-project)))
    (dolist (page documents-pages)
      (insert (format "- [[file:%s][%s]]%s\n" (org-link-escape page)
                      (replace-regexp-in-string "[][]" "" (documents-title page))
                      (let ((description (documents-keyword page "DESCRIPTION")))
                        (if description (concat " :: " description) "")))))
    (setq buffer-file-name (documents-path "index.org")
          default-directory documents-root)
    (let ((org-inhibit-startup t)) (org-mode))
    (let ((inhibit-message t))
      (org-export-to-file 'html (expand-file-name "index.html" documents-site)))
    (set-buffer-modified-p nil)
    (setq buffer-file-name nil))
  (documents-say "exported index.html"))

(provide 'documents-export)
;;; documents-export.el ends here
