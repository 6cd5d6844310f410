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

(defvar documents-page nil
  "The page at work, relative to the project.")

(defvar documents-anchors nil
  "The anchors that documents did not have themselves, as (PAGE . ANCHOR).")

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
      org-html-htmlize-output-type 'css
      org-html-self-link-headlines t
      org-html-postamble nil
      org-html-preamble #'documents-navigation
      org-html-with-latex 'verbatim
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
       (error "htmlize is missing: install the package elpa-htmlize"))
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
  (setq documents-pages (cl-sort (seq-difference files (mapcan #'documents-parts files))
                                 #'string< :key #'documents-place-in-list)
        documents-repository (and (file-exists-p (documents-path "readme.org"))
                                  (documents-keyword "readme.org" "REPOSITORY")))
  (unless documents-pages (error "there is no document here: no *.org"))
  (dolist (page documents-pages)
    (documents-turn-to page)
    (documents-in page
      (documents-name-headings)))
  (let ((inhibit-message t))
    (org-id-update-id-locations (mapcar #'documents-path documents-pages) t))
  (let ((project (list "pages" :base-directory documents-root :publishing-directory documents-site
                       :publishing-function #'org-html-publish-to-html))
        (org-publish-use-timestamps-flag nil))
    (dolist (page documents-pages)
      (documents-turn-to page)
      (documents-in page
        (condition-case failure
            (let ((inhibit-message t)) (org-publish-file buffer-file-name project))
          (user-error (documents-find page (cadr failure))
                      (signal (car failure) (cdr failure)))))
      (documents-say "exported %s" page))
    (unless (member "index.org" documents-pages)
      (documents-index)))
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

(defun documents-place-in-list (file)
  "What FILE is sorted by: the readme, the project's own folder, then the others."
  (cond ((member file '("index.org" "readme.org" "README.org")) "0")
        ((file-name-directory file) (concat "2" file))
        (t (concat "1" file))))

(defun documents-keyword (file keyword)
  "The value of KEYWORD in FILE, or nil."
  (documents-in file (cadr (assoc keyword (org-collect-keywords (list keyword))))))

;;;; Anchors

(defun documents-name-headings (&optional _)
  "Give each heading of the current buffer that has no anchor one that is made of its text, or of its ID.
Begin the numbers of all other anchors anew."
  (random (or documents-page "a page"))
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
           (push (cons documents-page name) documents-anchors)
           (org-entry-put nil "CUSTOM_ID" name))))
     (point-min) (point-max))))

;; For Org a noweb reference means a heading's CUSTOM_ID before it means a block's name.
(advice-add 'org-babel-ref-goto-headline-id :before-while
            (lambda (id) (not (member (cons documents-page id) documents-anchors))))

(defun documents-slug (heading)
  "HEADING as an anchor: lower case, dashes for all but letters and digits."
  (let ((slug (string-trim (replace-regexp-in-string "[^[:alnum:]]+" "-" (downcase heading)) "-+" "-+")))
    (if (string-empty-p slug) "section" slug)))

;;;; Links

(org-link-set-parameters
 "document-file"
 :export (lambda (path description _ _)
           (format "<a href=\"%s\">%s</a>" path (or description (format "<code>%s</code>" (url-unhex-string path))))))

(defun documents-lead-links (tree &rest _)
  "Lead the links to files in TREE, the page at work, to what there is of them on the site."
  (org-element-map tree 'link
    (lambda (link)
      (when (equal (org-element-property :type link) "file")
        (documents-lead-link link))))
  tree)

(defun documents-lead-link (link)
  "Lead LINK, to a file, to what there is of it on the site."
  (let* ((path (org-element-property :path link))
         (file (file-relative-name path documents-root))
         ;; Org would lead from the site's folder to one that is absolute, as those of attachments are.
         (address (documents-address (if (file-name-absolute-p path) (file-relative-name path) path))))
    (cond
     ((member file documents-pages)
      (documents-lead-into-page link file))
     ((and (file-regular-p path) (file-in-directory-p path documents-root)
           (or (null documents-repository) (string-match-p (image-file-name-regexp) path)))
      (push file documents-attached)
      ;; Org would lead to a page of it.
      (when (string-suffix-p ".org" path) (org-element-put-property link :type "document-file")))
     (documents-repository
      (setq address (concat documents-repository (documents-address file)))
      (org-element-put-property link :type "document-file"))
     (t
      (documents-say "%s: the link to %s leads nowhere" documents-page path)))
    (org-element-put-property link :path address)))

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

(defun documents-turn-to (page)
  "Make PAGE the one at work, with our stylesheet and script in place of Org's."
  (setq documents-page page
        org-html-style-default
        (format "<link rel=\"stylesheet\" href=\"%1$sstyle.css\">\n<script src=\"%1$spage.js\" defer></script>"
                (documents-up))))

(defun documents-up ()
  "The way from the page at work to the site's folder."
  (replace-regexp-in-string "[^/]+/" "../" (or (file-name-directory documents-page) "")))

(defun documents-title (file)
  "The title of FILE, as text."
  (or (documents-keyword file "TITLE") (file-name-sans-extension file)))

(defun documents-project ()
  "The project's name: the title of its first page where that is a readme, or its folder's name."
  (if (string-match-p "\\`readme\\.org\\'" (car documents-pages))
      (documents-title (car documents-pages))
    (file-name-nondirectory (directory-file-name documents-root))))

(defun documents-navigation (_)
  "The line above the page at work: the index, all pages, the ones before and after."
  (let* ((anchor (lambda (page text &optional more)
                   (format "<a href=\"%s%s.html\"%s>%s</a>" (documents-up)
                           (documents-address (file-name-sans-extension page))
                           (or more "") (org-html-encode-plain-text text))))
         (item (lambda (page)
                 (format "<li>%s</li>\n" (funcall anchor page (documents-title page)
                                                  (and (equal page documents-page) " aria-current=\"page\"")))))
         (rest (member documents-page documents-pages))
         (before (and rest (car (last (butlast documents-pages (length rest))))))
         (after (cadr rest)))
    (concat "<nav>" (funcall anchor "index" (documents-project)) "\n"
            (and (or before after)
                 (format "<details><summary>Pages</summary><ul>\n%s</ul></details>\n"
                         (mapconcat item documents-pages "")))
            (and before (funcall anchor before (concat "← " (documents-title before)) " rel=\"prev\""))
            (and after (funcall anchor after (concat (documents-title after) " →") " rel=\"next\""))
            "</nav>")))

(defun documents-index ()
  "Export a page that lists the others."
  (documents-turn-to "index.org")
  (let ((default-directory documents-root)
        (inhibit-message t))
    (with-temp-buffer
      (insert (format "#+title: %s\n#+options: toc:nil\n\n" (documents-project)))
      (dolist (page documents-pages)
        (insert (format "- [[file:%s][%s]] :: %s\n" (org-link-escape page)
                        (replace-regexp-in-string "[][]" "" (documents-title page))
                        (or (documents-keyword page "DESCRIPTION") ""))))
      (org-mode)
      (org-export-to-file 'html (expand-file-name "index.html" documents-site))))
  (documents-say "exported index.html"))

(provide 'documents-export)
;;; documents-export.el ends here
